import json
import sys

sys.path.insert(0, sys.argv[1])
from client import Client  # noqa: E402

endpoint, wait_ms, margin_ms = sys.argv[2:]
auction = json.load(sys.stdin)
client = Client(endpoint, int(margin_ms))
for call in range(2):
    answer, outcome = client.unwrap(auction["request"], auction["response"], int(wait_ms))
    print(json.dumps({"outcome": outcome, "answer": answer}))

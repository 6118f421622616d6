"""Has the video and audio bids of a BidResponse unwrapped by vast-unwrap. Python 3.9 and later, no packages."""

import gzip
import http.client
import json
import threading
import urllib.parse


class Client:
    """A kept connection for each thread."""

    def __init__(self, endpoint: str, margin_ms: int = 10):
        """endpoint: such as http://vast-unwrap:8080

        margin_ms: the way there and back: the service is told so much less than this waits, so that no connection is cut
        """
        parts = urllib.parse.urlsplit(endpoint)
        self.host, self.port = parts.hostname, parts.port or 80
        self.margin_ms = margin_ms
        self.kept = threading.local()

    def unwrap(self, request: dict, response: dict, wait_ms: int) -> tuple:
        """The response to go on with, and why it is that one. A service that is late, busy or gone costs no bid.

        wait_ms: what is left of the auction for this
        """
        options = {"tmax": max(1, wait_ms - self.margin_ms)}
        body = json.dumps({"request": request, "response": response, "options": options}).encode()
        try:
            status, text = self._post(body, wait_ms / 1000)
        except (OSError, http.client.HTTPException) as error:
            return response, f"failed: {error!r}"
        if status == 200:
            return json.loads(text), "unwrapped"
        # 204: no bids, a ping, or refused under overload; 400, 413, 415: our mistake, said in the text; 5xx: theirs
        return response, "refused" if status == 204 else f"HTTP {status}: {text[:200].decode()}"

    def _post(self, body: bytes, wait_s: float) -> tuple:
        coding = {"Content-Encoding": "gzip", "Accept-Encoding": "gzip"}
        headers = {"Content-Type": "application/json", **coding}
        connection = getattr(self.kept, "connection", None)
        if connection is None:
            connection = self.kept.connection = http.client.HTTPConnection(self.host, self.port)
        connection.timeout = wait_s
        if connection.sock is not None:
            connection.sock.settimeout(wait_s)
        try:
            connection.request("POST", "/v1/openrtb2/unwrap", gzip.compress(body, 1), headers)
            answer = connection.getresponse()
            text = answer.read()
        except BaseException:
            # nobody knows where the next answer begins
            connection.close()
            raise
        return answer.status, gzip.decompress(text) if answer.getheader("Content-Encoding") == "gzip" else text

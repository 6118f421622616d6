import java.nio.charset.StandardCharsets;

/** Reads request and response from a line each. */
public class Drive {
    public static void main(String[] args) throws Exception {
        final String[] lines = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
        final Client client = new Client(args[0], Long.parseLong(args[2]));
        for (int call = 0; call < 2; call++) {
            final Client.Outcome outcome = client.unwrap(lines[0], lines[1], Long.parseLong(args[1])).get();
            System.out.println("{\"outcome\":\"" + outcome.why().replaceAll("[\"\\\\\n]", " ") + "\",\"answer\":" + outcome.response() + "}");
        }
        System.exit(0);
    }
}

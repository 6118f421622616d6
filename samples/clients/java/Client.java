import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Has the video and audio bids of a BidResponse unwrapped by vast-unwrap. Java 17 and later, no libraries. */
public class Client {

    // keeps its connections; the system property jdk.httpclient.keepalive.timeout (s) says for how long
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI target;
    private final long marginMs;

    /**
     * @param endpoint such as {@code http://vast-unwrap:8080}
     * @param marginMs the way there and back, such as 10: the service is told so much less than this waits, so that no
     *     connection is cut
     */
    public Client(String endpoint, long marginMs) {
        this.marginMs = marginMs;
        this.target = URI.create(endpoint + "/v1/openrtb2/unwrap");
    }

    /** The response to go on with, and why it is that one. */
    public record Outcome(String response, String why) {}

    /**
     * Never fails: a service that is late, busy or gone costs no bid.
     *
     * @param request the BidRequest as JSON
     * @param response the BidResponse as JSON
     * @param waitMs what is left of the auction for this
     */
    public CompletableFuture<Outcome> unwrap(String request, String response, long waitMs) {
        final String body = "{\"request\":" + request + ",\"response\":" + response + ",\"options\":{\"tmax\":"
                + Math.max(1, waitMs - marginMs) + "}}";
        final HttpRequest post = HttpRequest.newBuilder(target)
                .timeout(Duration.ofMillis(waitMs))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .header("Accept-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(gzip(body)))
                .build();
        return http.sendAsync(post, BodyHandlers.ofByteArray())
                .thenApply(answer -> outcome(answer, response))
                .exceptionally(failure -> new Outcome(response, "failed: " + failure));
    }

    private static Outcome outcome(HttpResponse<byte[]> answer, String before) {
        final String text = text(answer);
        return switch (answer.statusCode()) {
            case 200 -> new Outcome(text, "unwrapped");
            // no bids, a ping, or refused under overload
            case 204 -> new Outcome(before, "refused");
            // 400, 413, 415: our mistake, said in the text; 5xx: theirs
            default -> new Outcome(before, "HTTP " + answer.statusCode() + ": " + text);
        };
    }

    private static byte[] gzip(String text) {
        final ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private static String text(HttpResponse<byte[]> answer) {
        final boolean isZipped = answer.headers().firstValue("Content-Encoding").filter("gzip"::equals).isPresent();
        try {
            final byte[] bytes = isZipped
                    ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
                    : answer.body();
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

import com.iab.openrtb.request.BidRequest;
import com.iab.openrtb.request.Device;
import com.iab.openrtb.response.Bid;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.prebid.server.auction.model.AuctionContext;
import org.prebid.server.bidder.model.BidderBid;
import org.prebid.server.hooks.execution.v1.bidder.BidderResponsePayloadImpl;
import org.prebid.server.hooks.v1.bidder.BidderResponsePayload;
import org.prebid.server.proto.openrtb.ext.response.BidType;
import org.prebid.server.settings.model.Account;

/** Runs the hook against a fake service that answers with the creative's id as status. */
public class UnwrapHookTest {

    public static void main(String[] args) throws Exception {
        final HttpServer service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        service.createContext("/unwrap", exchange -> {
            final var headers = exchange.getRequestHeaders();
            final boolean isRight = "pub_id=p9".equals(exchange.getRequestURI().getQuery())
                    && "2000".equals(headers.getFirst("unwrap-timeout"))
                    && "ua".equals(headers.getFirst("X-Device-User-Agent"))
                    && "203.0.113.7".equals(headers.getFirst("X-Forwarded-For"));
            final byte[] body = "unwrapped".getBytes();
            exchange.getResponseHeaders().set("unwrap-status", isRight ? headers.getFirst("unwrap-ucrid") : "6");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();

        final String endpoint = "http://127.0.0.1:" + service.getAddress().getPort();
        expect(run(endpoint, "ua"), List.of("0 unwrapped", "10 wrapper", "15 wrapper"));
        final List<String> untouched = Stream.of("0", "4", "6", "10", "15").map(crid -> crid + " wrapper").toList();
        expect(run(endpoint, "no header\r\n"), untouched);
        service.stop(0);
        expect(run(endpoint, "ua"), untouched);
        System.out.println("ok");
        System.exit(0);
    }

    private static List<String> run(String endpoint, String ua) throws Exception {
        final List<BidderBid> bids = Stream.of("0", "4", "6", "10", "15")
                .map(crid -> new BidderBid(new Bid(crid, "wrapper"), BidType.video, "USD", 3))
                .toList();
        final BidderResponsePayload payload = BidderResponsePayloadImpl.of(bids);
        final AuctionContext auction =
                new AuctionContext(new BidRequest(new Device(ua, "203.0.113.7", null)), new Account("p9"));
        final var result = new UnwrapHook(endpoint, Duration.ofMillis(2000))
                .call(payload, () -> auction).toCompletionStage().toCompletableFuture().get();
        return result.payloadUpdate().apply(payload).bids().stream()
                .peek(bid -> expect(List.of(bid.getDealPriority()), List.of(3)))
                .map(bid -> bid.getBid().getCrid() + " " + bid.getBid().getAdm())
                .toList();
    }

    private static void expect(List<?> got, List<?> want) {
        if (!got.equals(want)) {
            throw new AssertionError("got " + got + ", want " + want);
        }
    }
}

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.iab.openrtb.request.BidRequest;
import com.iab.openrtb.response.Bid;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.prebid.server.auction.model.AuctionContext;
import org.prebid.server.bidder.model.BidderBid;
import org.prebid.server.execution.timeout.Timeout;
import org.prebid.server.hooks.execution.v1.bidder.BidderResponsePayloadImpl;
import org.prebid.server.hooks.v1.InvocationAction;
import org.prebid.server.hooks.v1.InvocationResult;
import org.prebid.server.hooks.v1.bidder.BidderInvocationContext;
import org.prebid.server.hooks.v1.bidder.BidderResponsePayload;
import org.prebid.server.proto.openrtb.ext.response.BidType;

/** Runs the hook on an event loop, against a fake service that changes one bid, drops one and keeps the others. */
public class UnwrapHookTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ANSWER = """
            { "seatbid": [ { "bid": [
                { "id": "changed", "impid": "i", "price": 1.5, "adm": "unwrapped", "dur": 15,
                  "ext": { "unwrap": { "status": "resolved", "wrappers": 2, "ms": 1.5, "changed": ["adm", "dur"] } } },
                { "id": "late", "impid": "i", "price": 1.5, "adm": "wrapper" } ] } ],
              "ext": {
                "seatnonbid": [ { "nonbid": [ { "impid": "i", "statuscode": 7, "ext": { "bidid": "lost", "unwrap": { "status": "no_ad" } } } ] } ],
                "unwrap": { "bids": [ { "id": "late", "status": "timeout" } ] } } }""";

    private static final List<JsonNode> ASKED = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        final HttpServer service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        service.createContext("/v1/openrtb2/unwrap", exchange -> {
            ASKED.add(MAPPER.readTree(exchange.getRequestBody()));
            final byte[] body = ANSWER.getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
        final String endpoint = "http://127.0.0.1:" + service.getAddress().getPort();

        final var result = run(endpoint, "{}");
        expect(bids(result), List.of("changed unwrapped 15", "late wrapper null", "banner wrapper null"));
        expect(statuses(result), List.of("success-modify", "success-block", "success-allow"));
        expect(result.analyticsTags().activities().get(0).results().get(2).values().path("status").asText(), "timeout");
        expect(result.debugMessages().size(), 3);
        final JsonNode asked = ASKED.get(0);
        expect(asked.at("/options/tmax").asInt(), 80);
        expect(asked.at("/request/device/ua").asText(), "プレイヤー");
        expect(asked.at("/request/regs/coppa").asInt(), 1);
        expect(asked.at("/request/user").toString(), "{\"consent\":\"CP\"}");
        expect(asked.at("/request/imp/0").has("ext"), false);
        expect(asked.at("/response/seatbid/0/bid").findValuesAsText("mtype"), List.of("2", "3", "2"));
        expect(asked.toString().contains("mine"), false);

        expect(run(endpoint, "{\"enabled\":false}").action(), InvocationAction.no_action);
        expect(run(endpoint, "{\"share\":0}").action(), InvocationAction.no_action);
        expect(ASKED.size(), 1);
        final var shadow = run(endpoint, "{\"shadow\":true}");
        expect(shadow.action(), InvocationAction.no_action);
        expect(statuses(shadow), List.of("success-allow", "success-allow", "success-allow"));
        expect(ASKED.size(), 2);

        service.stop(0);
        final var gone = run(endpoint, "{}");
        expect(gone.action(), InvocationAction.no_action);
        expect(statuses(gone), List.of("error"));
        System.out.println("ok");
        System.exit(0);
    }

    private static InvocationResult<BidderResponsePayload> run(String endpoint, String account) throws Exception {
        final var hook = new UnwrapHook(endpoint, Duration.ofMillis(80), Duration.ofMillis(10), MAPPER);
        final CompletableFuture<InvocationResult<BidderResponsePayload>> done = new CompletableFuture<>();
        final Context context = Vertx.vertx().getOrCreateContext();
        context.runOnContext(ignored -> hook.call(payload(), new Invocation(account)).onComplete(ended -> {
            if (Vertx.currentContext() != context) {
                done.completeExceptionally(new AssertionError("ended on " + Thread.currentThread()));
            } else {
                done.complete(ended.result());
            }
        }));
        return done.get();
    }

    private static BidderResponsePayload payload() {
        return BidderResponsePayloadImpl.of(List.of(
                bid("changed", BidType.video),
                bid("lost", BidType.audio),
                bid("late", BidType.video),
                bid("banner", BidType.banner)));
    }

    private static BidderBid bid(String id, BidType type) {
        final Bid bid = new Bid();
        bid.id = id;
        bid.impid = "i";
        bid.price = new BigDecimal("1.50");
        bid.adm = "wrapper";
        bid.ext = MAPPER.createObjectNode().put("mine", 1);
        return new BidderBid(bid, type, "USD", 3);
    }

    private record Invocation(String account) implements BidderInvocationContext {
        public Timeout timeout() {
            return new Timeout(5000);
        }

        public AuctionContext auctionContext() {
            return new AuctionContext(new BidRequest(Map.of(
                    "id", "r",
                    "imp", List.of(Map.of("id", "i", "video", Map.of("maxduration", 60), "ext", Map.of("bidder", "secret"))),
                    "device", Map.of("ua", "プレイヤー", "ip", "203.0.113.7"),
                    "regs", Map.of("coppa", 1),
                    "user", Map.of("id", "person", "consent", "CP"))));
        }

        public ObjectNode accountConfig() {
            try {
                return (ObjectNode) MAPPER.readTree(account);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        public String bidder() {
            return "dsp";
        }
    }

    private static List<String> bids(InvocationResult<BidderResponsePayload> result) {
        return result.payloadUpdate().apply(payload()).bids().stream()
                .map(BidderBid::getBid)
                .map(bid -> bid.getId() + " " + bid.getAdm() + " " + bid.getDur())
                .toList();
    }

    private static List<String> statuses(InvocationResult<BidderResponsePayload> result) {
        return result.analyticsTags().activities().get(0).results().stream().map(each -> each.status()).toList();
    }

    private static void expect(Object got, Object want) {
        if (!got.equals(want)) {
            throw new AssertionError("got " + got + ", want " + want);
        }
    }
}

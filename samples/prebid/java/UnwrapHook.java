import com.iab.openrtb.request.Device;
import com.iab.openrtb.response.Bid;
import io.vertx.core.Future;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.prebid.server.auction.model.AuctionContext;
import org.prebid.server.bidder.model.BidderBid;
import org.prebid.server.hooks.execution.v1.InvocationResultImpl;
import org.prebid.server.hooks.execution.v1.bidder.BidderResponsePayloadImpl;
import org.prebid.server.hooks.v1.InvocationAction;
import org.prebid.server.hooks.v1.InvocationResult;
import org.prebid.server.hooks.v1.InvocationStatus;
import org.prebid.server.hooks.v1.bidder.BidderInvocationContext;
import org.prebid.server.hooks.v1.bidder.BidderResponsePayload;
import org.prebid.server.hooks.v1.bidder.RawBidderResponseHook;
import org.prebid.server.proto.openrtb.ext.response.BidType;

/** Has the VAST of a bidder's video bids unwrapped by vast-unwrap, side by side. */
public class UnwrapHook implements RawBidderResponseHook {

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String endpoint;
    private final Duration timeout;

    /**
     * @param endpoint base URL of the service, such as {@code http://vast-unwrap:8080}
     * @param timeout what the service may take: some milliseconds less than the timeout of the hook group
     */
    public UnwrapHook(String endpoint, Duration timeout) {
        this.endpoint = endpoint;
        this.timeout = timeout;
    }

    @Override
    public String code() {
        return "vast-unwrap-raw-bidder-response";
    }

    @Override
    public Future<InvocationResult<BidderResponsePayload>> call(
            BidderResponsePayload payload, BidderInvocationContext invocationContext) {
        final AuctionContext auction = invocationContext.auctionContext();
        final List<CompletableFuture<BidderBid>> asked =
                payload.bids().stream().map(bid -> unwrap(bid, auction)).toList();
        return Future.fromCompletionStage(
                CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(ignored -> {
                    final List<BidderBid> bids =
                            asked.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList();
                    return InvocationResultImpl.<BidderResponsePayload>builder()
                            .status(InvocationStatus.success)
                            .action(InvocationAction.update)
                            .payloadUpdate(initial -> BidderResponsePayloadImpl.of(bids))
                            .build();
                }));
    }

    /** Null where the bid is to be dropped. Never fails: a service that is late or gone leaves the bid as it was. */
    private CompletableFuture<BidderBid> unwrap(BidderBid bid, AuctionContext auction) {
        final String adm = bid.getBid().getAdm();
        if (bid.getType() != BidType.video || adm == null || adm.isEmpty()) {
            return CompletableFuture.completedFuture(bid);
        }
        // a device whose user agent is no header value fails inside the chain too
        return CompletableFuture.completedFuture(bid.getBid())
                .thenCompose(asked -> client.sendAsync(request(asked, auction), BodyHandlers.ofString()))
                .thenApply(response -> apply(bid, response))
                .exceptionally(failure -> bid);
    }

    private HttpRequest request(Bid bid, AuctionContext auction) {
        final Optional<Device> device = Optional.ofNullable(auction.getBidRequest().getDevice());
        final String ip = device.map(Device::getIp).or(() -> device.map(Device::getIpv6)).orElse("");
        final String account = URLEncoder.encode(
                Objects.toString(auction.getAccount().getId(), ""), StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(URI.create(endpoint + "/unwrap?pub_id=" + account))
                .timeout(timeout)
                .header("Content-Type", "application/xml; charset=utf-8")
                .header("unwrap-timeout", String.valueOf(timeout.toMillis()))
                .header("unwrap-ucrid", Objects.toString(bid.getCrid(), ""))
                .header("X-Device-User-Agent", device.map(Device::getUa).orElse(""))
                .header("X-Forwarded-For", ip)
                .POST(HttpRequest.BodyPublishers.ofString(bid.getAdm()))
                .build();
    }

    private static BidderBid apply(BidderBid bid, HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            return bid;
        }
        return switch (response.headers().firstValue("unwrap-status").orElse("")) {
            case "0" -> bid.toBuilder().bid(bid.getBid().toBuilder().adm(response.body()).build()).build();
            case "4", "6" -> null;
            default -> bid;
        };
    }
}

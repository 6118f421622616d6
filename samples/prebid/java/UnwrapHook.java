import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.iab.openrtb.response.Bid;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.prebid.server.bidder.model.BidderBid;
import org.prebid.server.hooks.execution.v1.InvocationResultImpl;
import org.prebid.server.hooks.execution.v1.analytics.ActivityImpl;
import org.prebid.server.hooks.execution.v1.analytics.AppliedToImpl;
import org.prebid.server.hooks.execution.v1.analytics.ResultImpl;
import org.prebid.server.hooks.execution.v1.analytics.TagsImpl;
import org.prebid.server.hooks.execution.v1.bidder.BidderResponsePayloadImpl;
import org.prebid.server.hooks.v1.InvocationAction;
import org.prebid.server.hooks.v1.InvocationResult;
import org.prebid.server.hooks.v1.InvocationStatus;
import org.prebid.server.hooks.v1.analytics.Result;
import org.prebid.server.hooks.v1.bidder.BidderInvocationContext;
import org.prebid.server.hooks.v1.bidder.BidderResponsePayload;
import org.prebid.server.hooks.v1.bidder.RawBidderResponseHook;
import org.prebid.server.proto.openrtb.ext.response.BidType;

/** Has the VAST of a bidder's video and audio bids unwrapped by vast-unwrap, all by one request. */
public class UnwrapHook implements RawBidderResponseHook {

    private static final List<String> REQUEST_FIELDS =
            List.of("id", "imp", "device", "regs", "user", "site", "app", "bcat", "badv", "tmax");
    private static final List<String> IMP_FIELDS = List.of("id", "video", "audio", "banner", "native", "secure");

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI target;
    private final Duration timeout;
    private final Duration margin;
    private final ObjectMapper mapper;

    /**
     * @param endpoint base URL of the service, such as {@code http://vast-unwrap:8080}
     * @param timeout what the service may take at most
     * @param margin how much earlier than the hook group's end the service is told to answer
     * @param mapper Prebid's own, {@code ObjectMapperProvider.mapper()}
     */
    public UnwrapHook(String endpoint, Duration timeout, Duration margin, ObjectMapper mapper) {
        this.target = URI.create(endpoint + "/v1/openrtb2/unwrap?include=bids");
        this.timeout = timeout;
        this.margin = margin;
        this.mapper = mapper;
    }

    @Override
    public String code() {
        return "vast-unwrap-raw-bidder-response";
    }

    /** Ends on the context that it was called on: what comes after it in Prebid Server relies on its own thread. */
    @Override
    public Future<InvocationResult<BidderResponsePayload>> call(
            BidderResponsePayload payload, BidderInvocationContext invocation) {
        final Context context = Vertx.currentContext();
        final CompletableFuture<InvocationResult<BidderResponsePayload>> asked = ask(payload, invocation);
        return context == null ? Future.fromCompletionStage(asked) : Future.fromCompletionStage(asked, context);
    }

    private CompletableFuture<InvocationResult<BidderResponsePayload>> ask(
            BidderResponsePayload payload, BidderInvocationContext invocation) {
        final ObjectNode account = invocation.accountConfig() == null ? mapper.createObjectNode() : invocation.accountConfig();
        final Map<String, BidderBid> sent = playable(payload.bids());
        final boolean isOff = !account.path("enabled").asBoolean(true)
                || ThreadLocalRandom.current().nextDouble(100) >= account.path("share").asDouble(100);
        if (isOff || sent.isEmpty()) {
            return CompletableFuture.completedFuture(unchanged().build());
        }
        final long groupMs = invocation.timeout().remaining();
        final long budgetMs = Math.min(timeout.toMillis(), groupMs - margin.toMillis());
        final boolean isShadow = account.path("shadow").asBoolean(false);
        try {
            if (budgetMs < 1) {
                throw new IllegalStateException("no time is left in the hook group");
            }
            final HttpRequest request = HttpRequest.newBuilder(target)
                    .timeout(Duration.ofMillis(groupMs))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body(sent, invocation, budgetMs)))
                    .build();
            return client.sendAsync(request, BodyHandlers.ofString())
                    .thenApply(response -> result(payload, sent, read(response), invocation.bidder(), isShadow))
                    .exceptionally(failure -> failed(invocation.bidder(), failure));
        } catch (JsonProcessingException | RuntimeException failure) {
            return CompletableFuture.completedFuture(failed(invocation.bidder(), failure));
        }
    }

    /** The video and audio bids that have markup, each id once: by that the answer tells them apart. */
    private static Map<String, BidderBid> playable(List<BidderBid> bids) {
        final Map<String, BidderBid> found = new LinkedHashMap<>();
        for (BidderBid bid : bids) {
            final String adm = bid.getBid().getAdm();
            final boolean isPlayable = bid.getType() == BidType.video || bid.getType() == BidType.audio;
            if (isPlayable && adm != null && !adm.isEmpty() && bid.getBid().getId() != null) {
                found.putIfAbsent(bid.getBid().getId(), bid);
            }
        }
        return found;
    }

    private String body(Map<String, BidderBid> sent, BidderInvocationContext invocation, long budgetMs)
            throws JsonProcessingException {
        final ObjectNode body = mapper.createObjectNode();
        body.set("request", request(mapper.valueToTree(invocation.auctionContext().getBidRequest())));
        final ObjectNode seat = body.putObject("response").putArray("seatbid").addObject();
        final ArrayNode bids = seat.put("seat", invocation.bidder()).putArray("bid");
        for (BidderBid bid : sent.values()) {
            final ObjectNode written = mapper.valueToTree(bid.getBid());
            written.remove("ext");
            bids.add(written.put("mtype", bid.getType() == BidType.audio ? 3 : 2));
        }
        body.putObject("options").put("tmax", budgetMs);
        return mapper.writeValueAsString(body);
    }

    /** What the service reads. What belongs to bidders and what identifies a user beyond consent stays here. */
    private static ObjectNode request(ObjectNode request) {
        request.retain(REQUEST_FIELDS);
        for (JsonNode imp : request.path("imp")) {
            final ObjectNode slot = (ObjectNode) imp;
            slot.retain(IMP_FIELDS);
            for (String format : List.of("banner", "native")) {
                if (slot.hasNonNull(format)) {
                    slot.putObject(format);
                }
            }
        }
        if (request.path("user") instanceof ObjectNode user) {
            user.retain("consent");
        }
        return request;
    }

    private JsonNode read(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("HTTP " + response.statusCode());
        }
        try {
            return mapper.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the answer cannot be read", e);
        }
    }

    private InvocationResult<BidderResponsePayload> result(
            BidderResponsePayload payload, Map<String, BidderBid> sent, JsonNode answer, String bidder, boolean isShadow) {
        // by identity: two bids may be equal
        final Map<BidderBid, BidderBid> changed = new IdentityHashMap<>();
        final Set<BidderBid> lost = Collections.newSetFromMap(new IdentityHashMap<>());
        final List<Result> results = new ArrayList<>();
        final List<String> messages = new ArrayList<>();
        final Map<String, JsonNode> said = new HashMap<>();
        answer.at("/ext/unwrap/bids").forEach(bid -> said.put(bid.path("id").asText(), bid));
        for (JsonNode bid : answer.path("seatbid").findValues("bid").stream().flatMap(UnwrapHook::items).toList()) {
            final BidderBid before = sent.get(bid.path("id").asText());
            if (before != null && !bid.at("/ext/unwrap/changed").isEmpty()) {
                changed.put(before, corrected(before, mapper.convertValue(bid, Bid.class)));
                said.put(before.getBid().getId(), bid.at("/ext/unwrap"));
            }
        }
        for (JsonNode bid : answer.at("/ext/seatnonbid").findValues("nonbid").stream().flatMap(UnwrapHook::items).toList()) {
            final BidderBid before = sent.get(bid.at("/ext/bidid").asText());
            if (before != null) {
                lost.add(before);
                said.put(before.getBid().getId(), bid.at("/ext/unwrap"));
            }
        }
        sent.forEach((id, bid) -> {
            final String status = lost.contains(bid) ? "success-block" : changed.containsKey(bid) ? "success-modify" : "success-allow";
            results.add(trace(status, said.getOrDefault(id, mapper.createObjectNode()), bidder, bid, isShadow));
            messages.add("%s bid %s: %s, %s".formatted(bidder, id, said.get(id), isShadow ? status + " (shadow: not done)" : status));
        });
        final boolean isUnchanged = isShadow || (changed.isEmpty() && lost.isEmpty());
        final var result = isUnchanged ? unchanged() : updated(payload.bids(), changed, lost);
        return result.debugMessages(messages).analyticsTags(tags("success", results)).build();
    }

    private static Stream<JsonNode> items(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** A copy of a bid with what the service says of the ad. */
    private static BidderBid corrected(BidderBid before, Bid said) {
        final Bid bid = before.getBid().toBuilder()
                .adm(said.getAdm()).dur(said.getDur()).w(said.getW()).h(said.getH())
                .protocol(said.getProtocol()).apis(said.getApis()).cat(said.getCat())
                .build();
        return before.toBuilder().bid(bid).build();
    }

    private Result trace(String status, JsonNode said, String bidder, BidderBid bid, boolean isShadow) {
        final ObjectNode values = mapper.createObjectNode();
        List.of("status", "reason", "wrappers", "ms", "changed").forEach(name -> values.set(name, said.get(name)));
        if (isShadow) {
            values.put("shadow", status);
        }
        final var appliedTo = AppliedToImpl.builder()
                .bidders(List.of(bidder))
                .bidIds(List.of(bid.getBid().getId()))
                .impIds(List.of(bid.getBid().getImpid()))
                .build();
        return ResultImpl.of(isShadow ? "success-allow" : status, values, appliedTo);
    }

    private static InvocationResultImpl.InvocationResultImplBuilder<BidderResponsePayload> unchanged() {
        return InvocationResultImpl.<BidderResponsePayload>builder()
                .status(InvocationStatus.success)
                .action(InvocationAction.no_action);
    }

    private static InvocationResultImpl.InvocationResultImplBuilder<BidderResponsePayload> updated(
            List<BidderBid> bids, Map<BidderBid, BidderBid> changed, Set<BidderBid> lost) {
        final List<BidderBid> kept = bids.stream()
                .filter(bid -> !lost.contains(bid))
                .map(bid -> changed.getOrDefault(bid, bid))
                .toList();
        return InvocationResultImpl.<BidderResponsePayload>builder()
                .status(InvocationStatus.success)
                .action(InvocationAction.update)
                .payloadUpdate(initial -> BidderResponsePayloadImpl.of(kept));
    }

    /** A service that is late, busy or gone costs no bid. */
    private InvocationResult<BidderResponsePayload> failed(String bidder, Throwable failure) {
        final ObjectNode values = mapper.createObjectNode().put("error", String.valueOf(failure.getMessage()));
        final Result result =
                ResultImpl.of("error", values, AppliedToImpl.builder().bidders(List.of(bidder)).build());
        return unchanged().errors(List.of("vast-unwrap: " + failure)).analyticsTags(tags("error", List.of(result))).build();
    }

    private static TagsImpl tags(String status, List<Result> results) {
        return TagsImpl.of(List.of(ActivityImpl.of("unwrap-vast", status, results)));
    }
}

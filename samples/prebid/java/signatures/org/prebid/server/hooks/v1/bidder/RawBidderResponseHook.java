package org.prebid.server.hooks.v1.bidder;

import io.vertx.core.Future;
import org.prebid.server.hooks.v1.InvocationResult;

public interface RawBidderResponseHook {
    Future<InvocationResult<BidderResponsePayload>> call(
            BidderResponsePayload payload, BidderInvocationContext invocationContext);

    String code();
}

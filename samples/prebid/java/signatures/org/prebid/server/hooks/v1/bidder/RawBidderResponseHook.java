package org.prebid.server.hooks.v1.bidder;

import org.prebid.server.hooks.v1.Hook;

public interface RawBidderResponseHook extends Hook<BidderResponsePayload, BidderInvocationContext> {}

package org.prebid.server.hooks.v1.bidder;

import org.prebid.server.auction.model.AuctionContext;

public interface BidderInvocationContext {
    AuctionContext auctionContext();
}

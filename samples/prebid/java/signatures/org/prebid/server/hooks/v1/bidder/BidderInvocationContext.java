package org.prebid.server.hooks.v1.bidder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.prebid.server.auction.model.AuctionContext;
import org.prebid.server.execution.timeout.Timeout;

public interface BidderInvocationContext {
    Timeout timeout();

    AuctionContext auctionContext();

    ObjectNode accountConfig();

    String bidder();
}

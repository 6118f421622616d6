package org.prebid.server.hooks.v1.bidder;

import java.util.List;
import org.prebid.server.bidder.model.BidderBid;

public interface BidderResponsePayload {
    List<BidderBid> bids();
}

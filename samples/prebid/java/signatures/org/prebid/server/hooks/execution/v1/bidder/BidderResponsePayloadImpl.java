package org.prebid.server.hooks.execution.v1.bidder;

import java.util.List;
import org.prebid.server.bidder.model.BidderBid;
import org.prebid.server.hooks.v1.bidder.BidderResponsePayload;

public record BidderResponsePayloadImpl(List<BidderBid> bids) implements BidderResponsePayload {
    public static BidderResponsePayloadImpl of(List<BidderBid> bids) {
        return new BidderResponsePayloadImpl(bids);
    }
}

package org.prebid.server.bidder.model;

import com.iab.openrtb.response.Bid;
import org.prebid.server.proto.openrtb.ext.response.BidType;

public record BidderBid(Bid bid, BidType type, String bidCurrency, Integer dealPriority) {
    public Builder toBuilder() {
        return new Builder(this);
    }

    public record Builder(BidderBid build) {
        public Builder bid(Bid bid) {
            return new Builder(new BidderBid(bid, build.type, build.bidCurrency, build.dealPriority));
        }
    }

    public Bid getBid() {
        return bid;
    }

    public BidType getType() {
        return type;
    }

    public Integer getDealPriority() {
        return dealPriority;
    }
}

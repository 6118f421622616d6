package org.prebid.server.bidder.model;

import com.iab.openrtb.response.Bid;
import org.prebid.server.proto.openrtb.ext.response.BidType;

public record BidderBid(Bid bid, BidType type, String bidCurrency) {
    public static BidderBid of(Bid bid, BidType type, String bidCurrency) {
        return new BidderBid(bid, type, bidCurrency);
    }

    public Bid getBid() {
        return bid;
    }

    public BidType getType() {
        return type;
    }

    public String getBidCurrency() {
        return bidCurrency;
    }
}

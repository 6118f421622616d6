package org.prebid.server.auction.model;

import com.iab.openrtb.request.BidRequest;

public record AuctionContext(BidRequest bidRequest) {
    public BidRequest getBidRequest() {
        return bidRequest;
    }
}

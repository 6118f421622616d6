package org.prebid.server.auction.model;

import com.iab.openrtb.request.BidRequest;
import org.prebid.server.settings.model.Account;

public record AuctionContext(BidRequest bidRequest, Account account) {
    public BidRequest getBidRequest() {
        return bidRequest;
    }

    public Account getAccount() {
        return account;
    }
}

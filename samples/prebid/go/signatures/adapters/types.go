// Package adapters has the fields that the adapter uses.
package adapters

import (
	"github.com/prebid/openrtb/v20/openrtb2"
	"github.com/prebid/prebid-server/v4/openrtb_ext"
)

type TypedBid struct {
	Bid     *openrtb2.Bid
	BidType openrtb_ext.BidType
}

type BidderResponse struct {
	Bids []*TypedBid
}

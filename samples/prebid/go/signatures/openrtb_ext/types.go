// Package openrtb_ext has the names that the adapter uses.
package openrtb_ext

import "github.com/prebid/openrtb/v20/openrtb2"

type BidType string

const BidTypeVideo BidType = "video"

type RequestWrapper struct {
	*openrtb2.BidRequest
}

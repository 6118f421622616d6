package hookstage

import "github.com/prebid/prebid-server/v4/adapters"

// ChangeSet has the one change that the adapter makes.
type ChangeSet[T any] struct{ bids []*adapters.TypedBid }

func (c *ChangeSet[T]) RawBidderResponse() ChangeSetRawBidderResponse[T] {
	return ChangeSetRawBidderResponse[T]{c}
}

type ChangeSetRawBidderResponse[T any] struct{ changes *ChangeSet[T] }

func (c ChangeSetRawBidderResponse[T]) Bids() ChangeSetBids[T] {
	return ChangeSetBids[T]{c.changes}
}

type ChangeSetBids[T any] struct{ changes *ChangeSet[T] }

func (c ChangeSetBids[T]) UpdateBids(bids []*adapters.TypedBid) {
	c.changes.bids = bids
}

// Bids is what a test asks for: the server gives the changes to its own code alone.
func (c *ChangeSet[T]) Bids() []*adapters.TypedBid {
	return c.bids
}

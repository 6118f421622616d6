// Package hookstage has the signatures of the two stages that the adapter takes part in.
package hookstage

import (
	"github.com/prebid/prebid-server/v3/adapters"
	"github.com/prebid/prebid-server/v3/openrtb_ext"
)

type ModuleContext map[string]interface{}

type ModuleInvocationContext struct {
	AccountID     string
	ModuleContext ModuleContext
}

type RawBidderResponsePayload struct {
	BidderResponse *adapters.BidderResponse
	Bidder         string
}

type ProcessedAuctionRequestPayload struct {
	Request *openrtb_ext.RequestWrapper
}

type HookResult[T any] struct {
	ChangeSet     ChangeSet[T]
	Warnings      []string
	ModuleContext ModuleContext
}

type MutationType int

const MutationUpdate MutationType = 1

type ChangeSet[T any] struct {
	mutations []func(T) (T, error)
}

func (c *ChangeSet[T]) AddMutation(fn func(T) (T, error), _ MutationType, _ ...string) *ChangeSet[T] {
	c.mutations = append(c.mutations, fn)
	return c
}

// Apply stands for what the server does with the changes.
func (c *ChangeSet[T]) Apply(payload T) (T, error) {
	var err error
	for _, mutate := range c.mutations {
		if payload, err = mutate(payload); err != nil {
			return payload, err
		}
	}
	return payload, nil
}

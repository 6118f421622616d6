// Package hookstage has the signatures of the two stages that the adapter takes part in.
package hookstage

import (
	"context"

	"github.com/prebid/prebid-server/v4/adapters"
	"github.com/prebid/prebid-server/v4/openrtb_ext"
)

type ModuleContext struct{ data map[string]any }

func NewModuleContext() *ModuleContext {
	return &ModuleContext{data: map[string]any{}}
}

func (c *ModuleContext) Get(key string) (any, bool) {
	if c == nil {
		return nil, false
	}
	value, ok := c.data[key]
	return value, ok
}

func (c *ModuleContext) Set(key string, value any) {
	c.data[key] = value
}

type ModuleInvocationContext struct {
	AccountID     string
	ModuleContext *ModuleContext
}

type ProcessedAuctionRequest interface {
	HandleProcessedAuctionHook(
		context.Context, ModuleInvocationContext, ProcessedAuctionRequestPayload,
	) (HookResult[ProcessedAuctionRequestPayload], error)
}

type RawBidderResponse interface {
	HandleRawBidderResponseHook(
		context.Context, ModuleInvocationContext, RawBidderResponsePayload,
	) (HookResult[RawBidderResponsePayload], error)
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
	ModuleContext *ModuleContext
}

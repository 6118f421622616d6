// Package unwrap is a Prebid Server module that has the VAST of video and audio bids unwrapped by vast-unwrap.
package unwrap

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"time"

	"github.com/prebid/prebid-server/v3/hooks/hookstage"
	"github.com/prebid/prebid-server/v3/modules/moduledeps"
)

// Config is what the host sets, and what an account may set differently: see Config.forAccount.
type Config struct {
	// Endpoint is the base URL of the service, such as http://vast-unwrap:8080.
	Endpoint string `json:"endpoint"`
	// TimeoutMs is what the service may take at most.
	TimeoutMs int `json:"timeout_ms"`
	// MarginMs is how much earlier than the hook group's end the service is told to answer: the way there and back.
	MarginMs int `json:"margin_ms"`
	// Gzip has bodies compressed both ways: for a service that is not in the same network.
	Gzip bool `json:"gzip"`
	// OnFailure is what becomes of bids without an ad, as options.onFailure of the service: by default as it is set there.
	OnFailure json.RawMessage `json:"on_failure"`
	// Enabled switches the module off for an account.
	Enabled bool `json:"enabled"`
	// Share is how many of a hundred auctions are unwrapped.
	Share float64 `json:"share"`
	// Shadow unwraps and tells, and changes no bid.
	Shadow bool `json:"shadow"`
}

// Builder is what Prebid Server makes the module with.
func Builder(raw json.RawMessage, _ moduledeps.ModuleDeps) (interface{}, error) {
	config := Config{TimeoutMs: 80, MarginMs: 10, Enabled: true, Share: 100}
	if err := json.Unmarshal(raw, &config); err != nil {
		return nil, fmt.Errorf("vast-unwrap: %w", err)
	}
	if config.Endpoint == "" {
		return nil, errors.New("vast-unwrap: set endpoint, such as http://vast-unwrap:8080")
	}
	return Module{config: config, client: newClient(config)}, nil
}

type Module struct {
	config Config
	client client
}

var (
	_ hookstage.ProcessedAuctionRequest = Module{}
	_ hookstage.RawBidderResponse       = Module{}
	_ hookstage.AuctionResponse         = Module{}
)

// forAccount is the host's configuration with an account's over it. Where the service is belongs to the host.
func (c Config) forAccount(account json.RawMessage) (Config, error) {
	if len(account) == 0 {
		return c, nil
	}
	own := c
	if err := json.Unmarshal(account, &own); err != nil {
		return c, fmt.Errorf("vast-unwrap: the account's configuration: %w", err)
	}
	own.Endpoint, own.Gzip = c.Endpoint, c.Gzip
	return own, nil
}

// HandleProcessedAuctionHook keeps the request for the later stages, which do not see it.
func (m Module) HandleProcessedAuctionHook(
	_ context.Context, invocation hookstage.ModuleInvocationContext, payload hookstage.ProcessedAuctionRequestPayload,
) (result hookstage.HookResult[hookstage.ProcessedAuctionRequestPayload], _ error) {
	config, err := m.config.forAccount(invocation.AccountConfig)
	if err != nil {
		result.Errors = append(result.Errors, err.Error())
	}
	if payload.Request == nil || payload.Request.BidRequest == nil || !config.Enabled || rand.Float64()*100 >= config.Share {
		return result, nil
	}
	request, err := requestOf(payload.Request.BidRequest)
	if err != nil {
		result.Errors = append(result.Errors, err.Error())
		return result, nil
	}
	result.ModuleContext = remember(&auction{config: config, request: request, tellsLosses: returnsAllBidStatus(payload.Request)})
	return result, nil
}

// HandleRawBidderResponseHook has the bids of one bidder unwrapped, all by one request.
func (m Module) HandleRawBidderResponseHook(
	ctx context.Context, invocation hookstage.ModuleInvocationContext, payload hookstage.RawBidderResponsePayload,
) (result hookstage.HookResult[hookstage.RawBidderResponsePayload], _ error) {
	kept := recall(invocation.ModuleContext)
	if kept == nil || payload.BidderResponse == nil {
		return result, nil
	}
	sent := playable(payload.BidderResponse.Bids)
	if len(sent) == 0 {
		return result, nil
	}
	answer, err := m.client.unwrap(ctx, kept, payload.Bidder, sent)
	if err != nil {
		// a service that is late, busy or gone costs no bid
		result.Errors = append(result.Errors, err.Error())
		result.AnalyticsTags = failed(payload.Bidder, err)
		return result, nil
	}
	result.AnalyticsTags, result.DebugMessages = trace(payload.Bidder, sent, answer, kept.config.Shadow)
	result.Warnings = answer.warnings
	if kept.config.Shadow || !answer.changesAny() {
		return result, nil
	}
	kept.lose(payload.Bidder, sent, answer)
	result.ChangeSet.RawBidderResponse().Bids().UpdateBids(apply(payload.BidderResponse.Bids, sent, answer))
	return result, nil
}

// HandleAuctionResponseHook adds the bids that were lost to ext.prebid.seatnonbid, where the request asks for that.
func (m Module) HandleAuctionResponseHook(
	_ context.Context, invocation hookstage.ModuleInvocationContext, payload hookstage.AuctionResponsePayload,
) (result hookstage.HookResult[hookstage.AuctionResponsePayload], _ error) {
	kept := recall(invocation.ModuleContext)
	if kept == nil || !kept.tellsLosses || payload.BidResponse == nil {
		return result, nil
	}
	if losses := kept.losses(); len(losses) > 0 {
		ext, err := withLosses(payload.BidResponse.Ext, losses)
		if err != nil {
			result.Errors = append(result.Errors, err.Error())
			return result, nil
		}
		payload.BidResponse.Ext = ext
	}
	return result, nil
}

// budget is what the service is told: the group's end less the margin, and no more than is configured.
func (c Config) budget(ctx context.Context) time.Duration {
	most := time.Duration(c.TimeoutMs) * time.Millisecond
	end, ok := ctx.Deadline()
	if !ok {
		return most
	}
	return min(most, time.Until(end)-time.Duration(c.MarginMs)*time.Millisecond)
}

// Package unwrap is a Prebid Server module that has the VAST of video bids unwrapped by vast-unwrap.
package unwrap

import (
	"context"
	"encoding/json"
	"errors"
	"sync"

	"github.com/prebid/prebid-server/v4/adapters"
	"github.com/prebid/prebid-server/v4/hooks/hookstage"
	"github.com/prebid/prebid-server/v4/modules/moduledeps"
	"github.com/prebid/prebid-server/v4/openrtb_ext"
)

type Config struct {
	// Endpoint is the base URL of the service, such as http://vast-unwrap:8080.
	Endpoint string `json:"endpoint"`
	// TimeoutMs is what the service may take: some milliseconds less than the timeout of the hook group.
	TimeoutMs int `json:"timeout_ms"`
}

func Builder(raw json.RawMessage, _ moduledeps.ModuleDeps) (interface{}, error) {
	config := Config{TimeoutMs: 80}
	if err := json.Unmarshal(raw, &config); err != nil {
		return nil, err
	}
	if config.Endpoint == "" {
		return nil, errors.New("vast-unwrap: set endpoint, such as http://vast-unwrap:8080")
	}
	return Module{client: newClient(config)}, nil
}

type Module struct{ client client }

var (
	_ hookstage.ProcessedAuctionRequest = Module{}
	_ hookstage.RawBidderResponse       = Module{}
)

const deviceKey = "device"

// HandleProcessedAuctionHook keeps the device for the later stage, which does not see the request.
func (m Module) HandleProcessedAuctionHook(
	_ context.Context, _ hookstage.ModuleInvocationContext, payload hookstage.ProcessedAuctionRequestPayload,
) (result hookstage.HookResult[hookstage.ProcessedAuctionRequestPayload], _ error) {
	if request := payload.Request; request != nil && request.BidRequest != nil && request.Device != nil {
		ip := request.Device.IP
		if ip == "" {
			ip = request.Device.IPv6
		}
		result.ModuleContext = hookstage.NewModuleContext()
		result.ModuleContext.Set(deviceKey, device{request.Device.UA, ip})
	}
	return result, nil
}

// HandleRawBidderResponseHook unwraps all video bids of a bidder side by side.
func (m Module) HandleRawBidderResponseHook(
	ctx context.Context, invocation hookstage.ModuleInvocationContext, payload hookstage.RawBidderResponsePayload,
) (result hookstage.HookResult[hookstage.RawBidderResponsePayload], _ error) {
	if payload.BidderResponse == nil {
		return result, nil
	}
	value, _ := invocation.ModuleContext.Get(deviceKey)
	from, _ := value.(device)
	bids := payload.BidderResponse.Bids
	outcomes := make([]outcome, len(bids))
	var all sync.WaitGroup
	for i, bid := range bids {
		if bid == nil || bid.Bid == nil || bid.BidType != openrtb_ext.BidTypeVideo || bid.Bid.AdM == "" {
			continue
		}
		all.Add(1)
		go func() {
			defer all.Done()
			outcomes[i] = m.client.unwrap(ctx, bid.Bid.AdM, bid.Bid.CrID, invocation.AccountID, from)
		}()
	}
	all.Wait()
	result.ChangeSet.RawBidderResponse().Bids().UpdateBids(apply(bids, outcomes))
	return result, nil
}

// apply leaves the bids that it is given as they were: where the group is late, the server goes on with those.
func apply(bids []*adapters.TypedBid, outcomes []outcome) []*adapters.TypedBid {
	kept := make([]*adapters.TypedBid, 0, len(bids))
	for i, bid := range bids {
		if outcomes[i].drop {
			continue
		}
		if outcomes[i].adm != "" {
			typed, unwrapped := *bid, *bid.Bid
			unwrapped.AdM = outcomes[i].adm
			typed.Bid = &unwrapped
			bid = &typed
		}
		kept = append(kept, bid)
	}
	return kept
}

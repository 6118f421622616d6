package unwrap

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/prebid/openrtb/v20/openrtb2"
	"github.com/prebid/prebid-server/v4/adapters"
	"github.com/prebid/prebid-server/v4/hooks/hookstage"
	"github.com/prebid/prebid-server/v4/modules/moduledeps"
	"github.com/prebid/prebid-server/v4/openrtb_ext"
)

func TestHook(t *testing.T) {
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		adm, _ := io.ReadAll(r.Body)
		h := r.Header
		if r.URL.Path != "/unwrap" || r.URL.Query().Get("pub_id") != "p9" || h.Get("unwrap-timeout") != "500" ||
			h.Get("X-Device-User-Agent") != "ua" || h.Get("X-Forwarded-For") != "203.0.113.7" {
			t.Errorf("unexpected request: %s %v", r.URL, h)
		}
		w.Header().Set("unwrap-status", h.Get("unwrap-ucrid"))
		if h.Get("unwrap-ucrid") == "0" {
			io.WriteString(w, "unwrapped "+string(adm))
		}
	}))
	defer service.Close()
	built, err := Builder(json.RawMessage(`{"endpoint":"`+service.URL+`","timeout_ms":500}`), moduledeps.ModuleDeps{})
	if err != nil {
		t.Fatal(err)
	}
	module := built.(Module)
	request := &openrtb_ext.RequestWrapper{BidRequest: &openrtb2.BidRequest{Device: &openrtb2.Device{UA: "ua", IP: "203.0.113.7"}}}
	processed, _ := module.HandleProcessedAuctionHook(context.Background(), hookstage.ModuleInvocationContext{},
		hookstage.ProcessedAuctionRequestPayload{Request: request})

	payload := hookstage.RawBidderResponsePayload{BidderResponse: &adapters.BidderResponse{}}
	// the fake service answers with the creative's id as status
	for _, status := range []string{"0", "4", "6", "10", "15"} {
		bid := &openrtb2.Bid{ID: status, CrID: status, AdM: "wrapper"}
		payload.BidderResponse.Bids = append(payload.BidderResponse.Bids, &adapters.TypedBid{Bid: bid, BidType: openrtb_ext.BidTypeVideo})
	}
	banner := &adapters.TypedBid{Bid: &openrtb2.Bid{ID: "banner", CrID: "4", AdM: "<a>"}, BidType: "banner"}
	payload.BidderResponse.Bids = append(payload.BidderResponse.Bids, banner)

	result, err := module.HandleRawBidderResponseHook(context.Background(),
		hookstage.ModuleInvocationContext{AccountID: "p9", ModuleContext: processed.ModuleContext}, payload)
	if err != nil {
		t.Fatal(err)
	}
	changed := result.ChangeSet.Bids()
	want := map[string]string{"0": "unwrapped wrapper", "10": "wrapper", "15": "wrapper", "banner": "<a>"}
	if len(changed) != len(want) {
		t.Fatalf("%d bids are left", len(changed))
	}
	for _, bid := range changed {
		if bid.Bid.AdM != want[bid.Bid.ID] {
			t.Errorf("bid %s has %q", bid.Bid.ID, bid.Bid.AdM)
		}
	}
	// a group that is late goes on with what was there
	if first := payload.BidderResponse.Bids[0].Bid.AdM; first != "wrapper" {
		t.Errorf("the payload was changed: %q", first)
	}
}

func TestServiceGone(t *testing.T) {
	gone := newClient(Config{Endpoint: "http://127.0.0.1:1", TimeoutMs: 100})
	if got := gone.unwrap(context.Background(), "wrapper", "", "", device{}); got != (outcome{}) {
		t.Errorf("%+v", got)
	}
}

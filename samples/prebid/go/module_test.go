package unwrap

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prebid/openrtb/v20/openrtb2"
	"github.com/prebid/prebid-server/v3/adapters"
	"github.com/prebid/prebid-server/v3/hooks/hookanalytics"
	"github.com/prebid/prebid-server/v3/hooks/hookstage"
	"github.com/prebid/prebid-server/v3/modules/moduledeps"
	"github.com/prebid/prebid-server/v3/openrtb_ext"
)

// The fake service changes the bid "changed", drops "lost", and keeps the others.
func fakeService(t *testing.T, asked *[]string) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		*asked = append(*asked, string(body))
		if r.URL.Path != "/v1/openrtb2/unwrap" || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("unexpected request: %s %v", r.URL, r.Header)
		}
		io.WriteString(w, `{
			"seatbid": [{"bid": [
				{"id": "changed", "impid": "v", "price": 1, "adm": "unwrapped", "dur": 15, "protocol": 7, "ext": {"unwrap": {"status": "resolved", "wrappers": 2, "ms": 1.5, "changed": ["adm", "dur"]}}},
				{"id": "late", "impid": "v", "price": 1, "adm": "wrapper"}]}],
			"ext": {
				"seatnonbid": [{"nonbid": [{"impid": "v", "statuscode": 7, "ext": {"bidid": "lost", "unwrap": {"status": "no_ad", "reason": "no-ad"}}}]}],
				"unwrap": {"warnings": ["w"], "bids": [{"id": "late", "status": "timeout", "reason": "timeout", "wrappers": 1}]}}}`)
	}))
}

func bidderResponse() hookstage.RawBidderResponsePayload {
	typed := func(id string, kind openrtb_ext.BidType) *adapters.TypedBid {
		bid := openrtb2.Bid{ID: id, ImpID: "v", Price: 1, AdM: "wrapper", Ext: json.RawMessage(`{"mine":1}`)}
		return &adapters.TypedBid{Bid: &bid, BidType: kind, BidVideo: &openrtb_ext.ExtBidPrebidVideo{Duration: 30}}
	}
	return hookstage.RawBidderResponsePayload{Bidder: "dsp", BidderResponse: &adapters.BidderResponse{Bids: []*adapters.TypedBid{
		typed("changed", openrtb_ext.BidTypeVideo), typed("lost", openrtb_ext.BidTypeAudio), typed("late", openrtb_ext.BidTypeVideo),
		typed("banner", openrtb_ext.BidTypeBanner), typed("lost", openrtb_ext.BidTypeVideo),
	}}}
}

func auctionRequest() hookstage.ProcessedAuctionRequestPayload {
	coppa := openrtb2.BidRequest{
		ID: "r", TMax: 500,
		Imp: []openrtb2.Imp{{ID: "v", Video: &openrtb2.Video{MaxDuration: 60}, Banner: &openrtb2.Banner{},
			Ext: json.RawMessage(`{"prebid":{"bidder":{"dsp":{"secret":"s"}}}}`)}},
		Device: &openrtb2.Device{UA: "ua", IP: "203.0.113.7"},
		Regs:   &openrtb2.Regs{COPPA: 1},
		User:   &openrtb2.User{ID: "person", BuyerUID: "person", Consent: "CP"},
		Ext:    json.RawMessage(`{"prebid":{"returnallbidstatus":true}}`),
	}
	return hookstage.ProcessedAuctionRequestPayload{Request: &openrtb_ext.RequestWrapper{BidRequest: &coppa}}
}

type run struct {
	result hookstage.HookResult[hookstage.RawBidderResponsePayload]
	bids   []*adapters.TypedBid
	stage  hookstage.ModuleInvocationContext
	module Module
}

func runStages(t *testing.T, config, account string, within time.Duration) run {
	t.Helper()
	built, err := Builder(json.RawMessage(config), moduledeps.ModuleDeps{})
	if err != nil {
		t.Fatal(err)
	}
	module := built.(Module)
	invocation := hookstage.ModuleInvocationContext{AccountID: "p9", AccountConfig: json.RawMessage(account)}
	processed, err := module.HandleProcessedAuctionHook(context.Background(), invocation, auctionRequest())
	if err != nil {
		t.Fatal(err)
	}
	invocation.ModuleContext = processed.ModuleContext
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	payload := bidderResponse()
	result, err := module.HandleRawBidderResponseHook(ctx, invocation, payload)
	if err != nil {
		t.Fatal(err)
	}
	if first := payload.BidderResponse.Bids[0].Bid.AdM; first != "wrapper" {
		t.Errorf("a group that is late would go on with %q", first)
	}
	for _, mutation := range result.ChangeSet.Mutations() {
		if payload, err = mutation.Apply(payload); err != nil {
			t.Fatal(err)
		}
	}
	return run{result, payload.BidderResponse.Bids, invocation, module}
}

func idsOf(bids []*adapters.TypedBid) string {
	var ids []string
	for _, bid := range bids {
		ids = append(ids, bid.Bid.ID+"="+bid.Bid.AdM)
	}
	return strings.Join(ids, " ")
}

func TestOneRequestForAllBidsOfABidder(t *testing.T) {
	var asked []string
	service := fakeService(t, &asked)
	defer service.Close()
	got := runStages(t, `{"endpoint":"`+service.URL+`/","timeout_ms":80,"on_failure":{"timeout":"collapse"}}`, ``, time.Minute)
	if want := "changed=unwrapped late=wrapper banner=wrapper lost=wrapper"; idsOf(got.bids) != want {
		t.Errorf("bids are %q, not %q", idsOf(got.bids), want)
	}
	first := got.bids[0]
	if first.Bid.Dur != 15 || first.Bid.Protocol != 7 || first.BidVideo.Duration != 15 || string(first.Bid.Ext) != `{"mine":1}` {
		t.Errorf("the bid was not corrected, or more than that: %+v %+v", first.Bid, first.BidVideo)
	}
	if len(asked) != 1 {
		t.Fatalf("%d requests", len(asked))
	}
	for _, part := range []string{`"coppa":1`, `"ip":"203.0.113.7"`, `"consent":"CP"`, `"maxduration":60`, `"banner":{}`, `"tmax":80`, `"onFailure":{"timeout":"collapse"}`, `"mtype":3`, `"seat":"dsp"`} {
		if !strings.Contains(asked[0], part) {
			t.Errorf("the request lacks %s: %s", part, asked[0])
		}
	}
	for _, part := range []string{"secret", "person", "banner\",\"impid", "mine"} {
		if strings.Contains(asked[0], part) {
			t.Errorf("the request has %s: %s", part, asked[0])
		}
	}
}

func TestTrace(t *testing.T) {
	var asked []string
	service := fakeService(t, &asked)
	defer service.Close()
	got := runStages(t, `{"endpoint":"`+service.URL+`"}`, ``, time.Minute)
	activity := got.result.AnalyticsTags.Activities[0]
	want := []hookanalytics.ResultStatus{hookanalytics.ResultStatusModify, hookanalytics.ResultStatusBlock, hookanalytics.ResultStatusAllow}
	for i, status := range want {
		if activity.Results[i].Status != status {
			t.Errorf("result %d is %s, not %s", i, activity.Results[i].Status, status)
		}
	}
	if activity.Results[1].Values["reason"] != "no-ad" || activity.Results[2].Values["status"] != "timeout" {
		t.Errorf("unexpected values: %+v", activity.Results)
	}
	if got.result.DebugMessages[1] != "dsp bid lost: no_ad no-ad, 0 wrappers, 0.0 ms: dropped" || got.result.Warnings[0] != "w" {
		t.Errorf("unexpected messages: %q %q", got.result.DebugMessages, got.result.Warnings)
	}
	payload := hookstage.AuctionResponsePayload{BidResponse: &openrtb2.BidResponse{Ext: json.RawMessage(`{"a":1,"prebid":{"seatnonbid":[{"seat":"other"}]}}`)}}
	if _, err := got.module.HandleAuctionResponseHook(context.Background(), got.stage, payload); err != nil {
		t.Fatal(err)
	}
	if ext := string(payload.BidResponse.Ext); !strings.Contains(ext, `"a":1`) || !strings.Contains(ext, `{"seat":"other"},{"nonbid":[{"impid":"v","statuscode":300,`) {
		t.Errorf("unexpected ext: %s", ext)
	}
}

func TestAccounts(t *testing.T) {
	var asked []string
	service := fakeService(t, &asked)
	defer service.Close()
	config := `{"endpoint":"` + service.URL + `"}`
	for _, off := range []string{`{"enabled":false}`, `{"share":0}`} {
		if got := runStages(t, config, off, time.Minute); len(asked) != 0 || len(got.result.ChangeSet.Mutations()) != 0 {
			t.Errorf("account %s was unwrapped", off)
		}
	}
	got := runStages(t, config, `{"shadow":true,"endpoint":"http://elsewhere.example"}`, time.Minute)
	if len(asked) != 1 || len(got.result.ChangeSet.Mutations()) != 0 || len(got.bids) != 5 {
		t.Errorf("a shadow run asked %d times and changed %d bids", len(asked), len(got.result.ChangeSet.Mutations()))
	}
	first := got.result.AnalyticsTags.Activities[0].Results[0]
	if first.Status != hookanalytics.ResultStatusAllow || first.Values["shadow"] != "success-modify" {
		t.Errorf("unexpected tag: %+v", first)
	}
}

func TestTime(t *testing.T) {
	config := Config{TimeoutMs: 80, MarginMs: 10}
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	if budget := config.budget(ctx); budget != 80*time.Millisecond {
		t.Errorf("%s of an hour", budget)
	}
	config.TimeoutMs = 4_000_000
	if budget := config.budget(ctx); budget > time.Hour-10*time.Millisecond {
		t.Errorf("%s leaves no margin", budget)
	}
}

func TestServiceGone(t *testing.T) {
	for _, config := range []string{`{"endpoint":"http://127.0.0.1:1"}`, `{"endpoint":"http://127.0.0.1:1","margin_ms":600000}`} {
		got := runStages(t, config, ``, time.Minute)
		if len(got.bids) != 5 || len(got.result.ChangeSet.Mutations()) != 0 {
			t.Errorf("bids were changed: %s", idsOf(got.bids))
		}
		activity := got.result.AnalyticsTags.Activities[0]
		if activity.Status != hookanalytics.ActivityStatusError || len(got.result.Errors) != 1 {
			t.Errorf("unexpected trace: %+v %q", activity, got.result.Errors)
		}
	}
}

func TestConfiguration(t *testing.T) {
	for _, wrong := range []string{`{}`, `{"endpoint":5}`} {
		if _, err := Builder(json.RawMessage(wrong), moduledeps.ModuleDeps{}); err == nil {
			t.Errorf("%s was accepted", wrong)
		}
	}
}

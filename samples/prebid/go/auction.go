package unwrap

import (
	"encoding/json"
	"fmt"
	"sync"

	"github.com/prebid/openrtb/v20/openrtb2"
	"github.com/prebid/prebid-server/v3/adapters"
	"github.com/prebid/prebid-server/v3/hooks/hookstage"
	"github.com/prebid/prebid-server/v3/openrtb_ext"
)

// auction is what the stages of one auction share. Bidders end at the same time, so what they add is locked.
type auction struct {
	config      Config
	request     json.RawMessage
	tellsLosses bool

	mutex sync.Mutex
	lost  []openrtb_ext.SeatNonBid
}

const auctionKey = "auction"

// In Prebid Server 4 these two have other lines: see README.md.
func remember(kept *auction) hookstage.ModuleContext {
	return hookstage.ModuleContext{auctionKey: kept}
}

func recall(context hookstage.ModuleContext) *auction {
	kept, _ := context[auctionKey].(*auction)
	return kept
}

// requestOf is what the service reads of a request: who sees the ad, where, under which rules, and what each imp takes.
// What belongs to bidders (imp.ext) and what identifies a user beyond consent stays here.
func requestOf(full *openrtb2.BidRequest) (json.RawMessage, error) {
	request := openrtb2.BidRequest{
		ID: full.ID, TMax: full.TMax, Device: full.Device, Regs: full.Regs, Site: full.Site, App: full.App,
		BCat: full.BCat, BAdv: full.BAdv, Imp: make([]openrtb2.Imp, 0, len(full.Imp)),
	}
	if full.User != nil {
		request.User = &openrtb2.User{Consent: full.User.Consent}
	}
	for _, imp := range full.Imp {
		slot := openrtb2.Imp{ID: imp.ID, Video: imp.Video, Audio: imp.Audio, Secure: imp.Secure}
		if imp.Banner != nil {
			slot.Banner = &openrtb2.Banner{}
		}
		if imp.Native != nil {
			slot.Native = &openrtb2.Native{}
		}
		request.Imp = append(request.Imp, slot)
	}
	written, err := json.Marshal(request)
	if err != nil {
		return nil, fmt.Errorf("vast-unwrap: the request cannot be written: %w", err)
	}
	return written, nil
}

// playable are the video and audio bids that have markup, each id once: by that the answer tells them apart.
func playable(bids []*adapters.TypedBid) []*adapters.TypedBid {
	seen := make(map[string]bool, len(bids))
	found := make([]*adapters.TypedBid, 0, len(bids))
	for _, bid := range bids {
		if bid == nil || bid.Bid == nil || bid.Bid.AdM == "" || bid.Bid.ID == "" || seen[bid.Bid.ID] {
			continue
		}
		if bid.BidType == openrtb_ext.BidTypeVideo || bid.BidType == openrtb_ext.BidTypeAudio {
			seen[bid.Bid.ID] = true
			found = append(found, bid)
		}
	}
	return found
}

// apply leaves the bids that it is given as they were: where the group is late, the server goes on with those.
func apply(bids, sent []*adapters.TypedBid, answer answer) []*adapters.TypedBid {
	isSent := make(map[*adapters.TypedBid]bool, len(sent))
	for _, bid := range sent {
		isSent[bid] = true
	}
	kept := make([]*adapters.TypedBid, 0, len(bids))
	for _, bid := range bids {
		if !isSent[bid] {
			kept = append(kept, bid)
			continue
		}
		if _, isLost := answer.lost[bid.Bid.ID]; isLost {
			continue
		}
		if changed, isChanged := answer.changed[bid.Bid.ID]; isChanged {
			bid = corrected(bid, changed)
		}
		kept = append(kept, bid)
	}
	return kept
}

// corrected is a copy of a bid with what the service says of the ad.
func corrected(bid *adapters.TypedBid, changed changedBid) *adapters.TypedBid {
	typed, unwrapped := *bid, *bid.Bid
	unwrapped.AdM, unwrapped.Dur, unwrapped.W, unwrapped.H = changed.AdM, changed.Dur, changed.W, changed.H
	unwrapped.Protocol, unwrapped.APIs, unwrapped.Cat = changed.Protocol, changed.APIs, changed.Cat
	typed.Bid = &unwrapped
	if changed.Dur > 0 && bid.BidVideo != nil {
		video := *bid.BidVideo
		video.Duration = int(changed.Dur)
		typed.BidVideo = &video
	}
	return &typed
}

func (a *auction) lose(bidder string, sent []*adapters.TypedBid, answer answer) {
	seat := openrtb_ext.SeatNonBid{Seat: bidder}
	for _, bid := range sent {
		if loss, isLost := answer.lost[bid.Bid.ID]; isLost {
			seat.NonBid = append(seat.NonBid, openrtb_ext.NonBid{ImpId: bid.Bid.ImpID, StatusCode: statusCodeOf(loss.Unwrap.Status), Ext: nonBidExt(bid.Bid)})
		}
	}
	if len(seat.NonBid) == 0 {
		return
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.lost = append(a.lost, seat)
}

func (a *auction) losses() []openrtb_ext.SeatNonBid {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.lost
}

func nonBidExt(bid *openrtb2.Bid) *openrtb_ext.NonBidExt {
	return &openrtb_ext.NonBidExt{Prebid: openrtb_ext.ExtResponseNonBidPrebid{Bid: openrtb_ext.NonBidObject{
		Price: bid.Price, ADomain: bid.ADomain, CatTax: bid.CatTax, Cat: bid.Cat, DealID: bid.DealID,
		W: bid.W, H: bid.H, Dur: bid.Dur, MType: bid.MType, OriginalBidCPM: bid.Price,
	}}}
}

// Codes of Prebid Server for seatnonbid: a response that was rejected, by what it was rejected for.
func statusCodeOf(status string) int {
	if status == "timeout" {
		return 101
	}
	if status == "rejected" || status == "blocked" {
		return 350
	}
	return 300
}

func returnsAllBidStatus(request *openrtb_ext.RequestWrapper) bool {
	ext, err := request.GetRequestExt()
	if err != nil || ext.GetPrebid() == nil {
		return false
	}
	return ext.GetPrebid().ReturnAllBidStatus
}

func withLosses(ext json.RawMessage, losses []openrtb_ext.SeatNonBid) (json.RawMessage, error) {
	outer := map[string]json.RawMessage{}
	prebid := map[string]json.RawMessage{}
	var seats []json.RawMessage
	if err := read(ext, &outer); err != nil {
		return nil, err
	}
	if err := read(outer["prebid"], &prebid); err != nil {
		return nil, err
	}
	if err := read(prebid["seatnonbid"], &seats); err != nil {
		return nil, err
	}
	for _, seat := range losses {
		written, err := json.Marshal(seat)
		if err != nil {
			return nil, err
		}
		seats = append(seats, written)
	}
	var err error
	if prebid["seatnonbid"], err = json.Marshal(seats); err != nil {
		return nil, err
	}
	if outer["prebid"], err = json.Marshal(prebid); err != nil {
		return nil, err
	}
	return json.Marshal(outer)
}

func read(from json.RawMessage, into any) error {
	if len(from) == 0 {
		return nil
	}
	return json.Unmarshal(from, into)
}

package unwrap

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/prebid/openrtb/v20/openrtb2"
	"github.com/prebid/prebid-server/v3/adapters"
	"github.com/prebid/prebid-server/v3/openrtb_ext"
)

// answer is what the service says of each bid, by its id. Bids of which it says nothing stay as they were.
type answer struct {
	changed map[string]changedBid
	lost    map[string]lostBid
	// said has the status of every bid, kept ones too.
	said     map[string]unwrapExt
	warnings []string
}

type changedBid struct {
	openrtb2.Bid
	Unwrap unwrapExt
}

type lostBid struct {
	BidID  string    `json:"bidid"`
	Unwrap unwrapExt `json:"unwrap"`
}

type unwrapExt struct {
	Status   string   `json:"status"`
	Reason   string   `json:"reason"`
	Wrappers int      `json:"wrappers"`
	Ms       float64  `json:"ms"`
	Changed  []string `json:"changed"`
}

func (a answer) changesAny() bool { return len(a.changed)+len(a.lost) > 0 }

type client struct {
	target string
	gzip   bool
	http   *http.Client
}

func newClient(config Config) client {
	// Connections are kept for longer than bidders are silent, and there is one for each bidder at once.
	transport := &http.Transport{
		MaxIdleConnsPerHost: 256, IdleConnTimeout: 120 * time.Second, DisableCompression: !config.Gzip,
	}
	return client{
		target: strings.TrimRight(config.Endpoint, "/") + "/v1/openrtb2/unwrap?include=bids",
		gzip:   config.Gzip,
		http:   &http.Client{Transport: transport},
	}
}

// unwrap asks once for all bids of a bidder. The service is told less than the time that this waits: so it answers before
// the hook group ends, and its connection is not cut.
func (c client) unwrap(ctx context.Context, kept *auction, bidder string, sent []*adapters.TypedBid) (answer, error) {
	budget := kept.config.budget(ctx)
	if budget < time.Millisecond {
		return answer{}, fmt.Errorf("vast-unwrap: no time is left in the hook group")
	}
	body, err := bodyOf(kept, bidder, sent, budget)
	if err != nil {
		return answer{}, fmt.Errorf("vast-unwrap: the bids cannot be written: %w", err)
	}
	request, err := c.request(ctx, body)
	if err != nil {
		return answer{}, fmt.Errorf("vast-unwrap: %w", err)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return answer{}, fmt.Errorf("vast-unwrap: %w", err)
	}
	defer response.Body.Close()
	// read to its end, so that the connection can be used again
	written, err := io.ReadAll(response.Body)
	if err != nil {
		return answer{}, fmt.Errorf("vast-unwrap: %w", err)
	}
	switch response.StatusCode {
	case http.StatusOK:
		return readAnswer(written)
	case http.StatusNoContent:
		return answer{}, fmt.Errorf("vast-unwrap: refused, status %s", response.Header.Get("VAST-Status"))
	default:
		return answer{}, fmt.Errorf("vast-unwrap: HTTP %d: %.200s", response.StatusCode, written)
	}
}

func (c client) request(ctx context.Context, body []byte) (*http.Request, error) {
	if c.gzip {
		var zipped bytes.Buffer
		writer, _ := gzip.NewWriterLevel(&zipped, gzip.BestSpeed)
		if _, err := writer.Write(body); err != nil {
			return nil, err
		}
		if err := writer.Close(); err != nil {
			return nil, err
		}
		body = zipped.Bytes()
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.target, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	if c.gzip {
		request.Header.Set("Content-Encoding", "gzip")
	}
	return request, nil
}

func bodyOf(kept *auction, bidder string, sent []*adapters.TypedBid, budget time.Duration) ([]byte, error) {
	bids := make([]openrtb2.Bid, len(sent))
	for i, bid := range sent {
		bids[i] = *bid.Bid
		bids[i].Ext = nil
		bids[i].MType = openrtb2.MarkupVideo
		if bid.BidType == openrtb_ext.BidTypeAudio {
			bids[i].MType = openrtb2.MarkupAudio
		}
	}
	options := map[string]any{"tmax": budget.Milliseconds()}
	if len(kept.config.OnFailure) > 0 {
		options["onFailure"] = kept.config.OnFailure
	}
	return json.Marshal(map[string]any{
		"request":  kept.request,
		"response": openrtb2.BidResponse{SeatBid: []openrtb2.SeatBid{{Seat: bidder, Bid: bids}}},
		"options":  options,
	})
}

func readAnswer(written []byte) (answer, error) {
	var response struct {
		SeatBid []struct {
			Bid []struct {
				openrtb2.Bid
				Ext struct {
					Unwrap unwrapExt `json:"unwrap"`
				} `json:"ext"`
			} `json:"bid"`
		} `json:"seatbid"`
		Ext struct {
			SeatNonBid []struct {
				NonBid []struct {
					Ext lostBid `json:"ext"`
				} `json:"nonbid"`
			} `json:"seatnonbid"`
			Unwrap struct {
				Warnings []string `json:"warnings"`
				Bids     []struct {
					ID string `json:"id"`
					unwrapExt
				} `json:"bids"`
			} `json:"unwrap"`
		} `json:"ext"`
	}
	if err := json.Unmarshal(written, &response); err != nil {
		return answer{}, fmt.Errorf("vast-unwrap: the answer cannot be read: %w", err)
	}
	read := answer{
		changed: map[string]changedBid{}, lost: map[string]lostBid{}, said: map[string]unwrapExt{},
		warnings: response.Ext.Unwrap.Warnings,
	}
	for _, bid := range response.Ext.Unwrap.Bids {
		read.said[bid.ID] = bid.unwrapExt
	}
	for _, seat := range response.SeatBid {
		for _, bid := range seat.Bid {
			if len(bid.Ext.Unwrap.Changed) > 0 {
				read.changed[bid.ID] = changedBid{bid.Bid, bid.Ext.Unwrap}
			}
		}
	}
	for _, seat := range response.Ext.SeatNonBid {
		for _, bid := range seat.NonBid {
			read.lost[bid.Ext.BidID] = bid.Ext
		}
	}
	return read, nil
}

package unwrap

import (
	"fmt"
	"strings"

	"github.com/prebid/prebid-server/v3/adapters"
	"github.com/prebid/prebid-server/v3/hooks/hookanalytics"
)

const activity = "unwrap-vast"

// trace says of each bid what became of it, for analytics and for those who debug.
func trace(bidder string, sent []*adapters.TypedBid, answer answer, isShadow bool) (hookanalytics.Analytics, []string) {
	results := make([]hookanalytics.Result, 0, len(sent))
	messages := make([]string, 0, len(sent))
	for _, bid := range sent {
		status, said, change := hookanalytics.ResultStatusAllow, answer.said[bid.Bid.ID], "as it was"
		if changed, isChanged := answer.changed[bid.Bid.ID]; isChanged {
			status, said, change = hookanalytics.ResultStatusModify, changed.Unwrap, "changed "+strings.Join(changed.Unwrap.Changed, " ")
		}
		if lost, isLost := answer.lost[bid.Bid.ID]; isLost {
			status, said, change = hookanalytics.ResultStatusBlock, lost.Unwrap, "dropped"
		}
		values := map[string]interface{}{"status": said.Status, "wrappers": said.Wrappers, "ms": said.Ms}
		if said.Reason != "" {
			values["reason"] = said.Reason
		}
		if len(said.Changed) > 0 {
			values["changed"] = said.Changed
		}
		if isShadow {
			// nothing was done to it: what would have been stands beside that
			values["shadow"] = string(status)
			status = hookanalytics.ResultStatusAllow
			change += " (shadow: not done)"
		}
		results = append(results, hookanalytics.Result{
			Status: status, Values: values,
			AppliedTo: hookanalytics.AppliedTo{Bidder: bidder, BidIds: []string{bid.Bid.ID}, ImpIds: []string{bid.Bid.ImpID}},
		})
		messages = append(messages, strings.TrimSpace(fmt.Sprintf("%s bid %s: %s %s, %d wrappers, %.1f ms: %s",
			bidder, bid.Bid.ID, said.Status, said.Reason, said.Wrappers, said.Ms, change)))
	}
	return analyticsOf(hookanalytics.ActivityStatusSuccess, results...), messages
}

// failed says that the service could not be asked.
func failed(bidder string, err error) hookanalytics.Analytics {
	return analyticsOf(hookanalytics.ActivityStatusError, hookanalytics.Result{
		Status:    hookanalytics.ResultStatusError,
		Values:    map[string]interface{}{"error": err.Error()},
		AppliedTo: hookanalytics.AppliedTo{Bidder: bidder},
	})
}

func analyticsOf(status hookanalytics.ActivityStatus, results ...hookanalytics.Result) hookanalytics.Analytics {
	return hookanalytics.Analytics{Activities: []hookanalytics.Activity{{Name: activity, Status: status, Results: results}}}
}

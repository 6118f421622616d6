// Package client has the video and audio bids of a BidResponse unwrapped by vast-unwrap. Standard library alone.
package client

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

type Client struct {
	// Margin is the way there and back: the service is told so much less than Unwrap waits, so that no connection is cut.
	Margin time.Duration
	target string
	http   *http.Client
}

// New takes the base URL of the service, such as http://vast-unwrap:8080. Answers in gzip are undone by the transport.
func New(endpoint string) Client {
	transport := &http.Transport{MaxIdleConnsPerHost: 256, IdleConnTimeout: 2 * time.Minute}
	return Client{10 * time.Millisecond, endpoint + "/v1/openrtb2/unwrap", &http.Client{Transport: transport}}
}

// Unwrap gives the response to go on with, and why it is that one: nil where it was unwrapped. A service that is late,
// busy or gone costs no bid. wait is what is left of the auction for this.
func (c Client) Unwrap(ctx context.Context, request, response json.RawMessage, wait time.Duration) (json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	budget := max(time.Millisecond, wait-c.Margin)
	answer, err := c.post(ctx, map[string]any{
		"request": request, "response": response, "options": map[string]any{"tmax": budget.Milliseconds()},
	})
	if err != nil {
		return response, err
	}
	return answer, nil
}

func (c Client) post(ctx context.Context, body any) (json.RawMessage, error) {
	var zipped bytes.Buffer
	writer, _ := gzip.NewWriterLevel(&zipped, gzip.BestSpeed)
	if err := json.NewEncoder(writer).Encode(body); err != nil {
		return nil, err
	}
	if err := writer.Close(); err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.target, &zipped)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Content-Encoding", "gzip")
	answer, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	// read to its end, so that the connection can be used again
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	switch answer.StatusCode {
	case http.StatusOK:
		return text, nil
	case http.StatusNoContent:
		// no bids, a ping, or refused under overload
		return nil, fmt.Errorf("refused")
	default:
		// 400, 413, 415: our mistake, said in the text; 5xx: theirs
		return nil, fmt.Errorf("HTTP %d: %.200s", answer.StatusCode, text)
	}
}

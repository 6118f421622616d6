package unwrap

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

type device struct{ ua, ip string }

// outcome of a bid: other markup, no bid at all, or (the zero value) as it was.
type outcome struct {
	adm  string
	drop bool
}

type client struct {
	endpoint string
	timeout  time.Duration
	http     *http.Client
}

func newClient(config Config) client {
	// Connections are kept for longer than the service's bidders are silent, and there is one for each bid at once.
	transport := &http.Transport{MaxIdleConnsPerHost: 256, IdleConnTimeout: 120 * time.Second}
	return client{
		endpoint: strings.TrimRight(config.Endpoint, "/") + "/unwrap",
		timeout:  time.Duration(config.TimeoutMs) * time.Millisecond,
		http:     &http.Client{Transport: transport},
	}
}

// unwrap never fails: a service that is late, busy or gone leaves the bid as it was.
func (c client) unwrap(ctx context.Context, adm, creative, account string, from device) outcome {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	target := c.endpoint + "?pub_id=" + url.QueryEscape(account)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target, strings.NewReader(adm))
	if err != nil {
		return outcome{}
	}
	request.Header.Set("Content-Type", "application/xml; charset=utf-8")
	request.Header.Set("unwrap-timeout", strconv.FormatInt(c.timeout.Milliseconds(), 10))
	request.Header.Set("unwrap-ucrid", creative)
	request.Header.Set("X-Device-User-Agent", from.ua)
	request.Header.Set("X-Forwarded-For", from.ip)
	response, err := c.http.Do(request)
	if err != nil {
		return outcome{}
	}
	defer response.Body.Close()
	// read to its end, so that the connection can be used again
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		return outcome{}
	}
	switch response.Header.Get("unwrap-status") {
	case "0":
		return outcome{adm: string(body)}
	case "4", "6":
		return outcome{drop: true}
	default:
		return outcome{}
	}
}

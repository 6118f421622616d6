package main

import (
	"context"
	"encoding/json"
	"os"
	"strconv"
	"time"

	"drive/client"
)

func main() {
	var auction struct{ Request, Response json.RawMessage }
	if err := json.NewDecoder(os.Stdin).Decode(&auction); err != nil {
		panic(err)
	}
	wait, _ := strconv.Atoi(os.Args[2])
	margin, _ := strconv.Atoi(os.Args[3])
	unwrapper := client.New(os.Args[1])
	unwrapper.Margin = time.Duration(margin) * time.Millisecond
	for call := 0; call < 2; call++ {
		answer, err := unwrapper.Unwrap(context.Background(), auction.Request, auction.Response, time.Duration(wait)*time.Millisecond)
		outcome := "unwrapped"
		if err != nil {
			outcome = err.Error()
		}
		json.NewEncoder(os.Stdout).Encode(map[string]any{"outcome": outcome, "answer": answer})
	}
}

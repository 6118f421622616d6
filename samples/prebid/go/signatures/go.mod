module github.com/prebid/prebid-server/v4

go 1.23

require github.com/prebid/openrtb/v20 v20.0.0

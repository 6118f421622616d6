module vast-unwrap.example/prebid/unwrap

go 1.23

require (
	github.com/prebid/openrtb/v20 v20.0.0
	github.com/prebid/prebid-server/v4 v4.0.0
)

// Only signatures, so that the adapter compiles alone. Inside a checkout of prebid-server this file is not needed.
replace (
	github.com/prebid/openrtb/v20 => ./signatures-openrtb
	github.com/prebid/prebid-server/v4 => ./signatures
)

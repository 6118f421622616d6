// Package openrtb2 has the fields that the adapter uses.
package openrtb2

type Bid struct {
	ID, ImpID, CrID, AdM string
	MType                int64
}

type Device struct {
	UA, IP, IPv6 string
}

type BidRequest struct {
	Device *Device
}

package com.iab.openrtb.request;

public record BidRequest(Device device) {
    public Device getDevice() {
        return device;
    }
}

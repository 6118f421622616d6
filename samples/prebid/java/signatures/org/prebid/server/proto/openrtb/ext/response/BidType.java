package org.prebid.server.proto.openrtb.ext.response;

public enum BidType { banner, video, audio }

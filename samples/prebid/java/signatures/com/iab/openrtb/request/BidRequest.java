package com.iab.openrtb.request;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.Map;

/** Its fields are what Prebid's own is written as. */
public class BidRequest {
    private final Map<String, Object> fields;

    public BidRequest(Map<String, Object> fields) {
        this.fields = fields;
    }

    @JsonAnyGetter
    public Map<String, Object> fields() {
        return fields;
    }
}

package org.prebid.server.settings.model;

public record Account(String id) {
    public String getId() {
        return id;
    }
}

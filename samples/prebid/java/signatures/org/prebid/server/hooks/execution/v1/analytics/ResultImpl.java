package org.prebid.server.hooks.execution.v1.analytics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.prebid.server.hooks.v1.analytics.AppliedTo;
import org.prebid.server.hooks.v1.analytics.Result;

public record ResultImpl(String status, ObjectNode values, AppliedTo appliedTo) implements Result {
    public static ResultImpl of(String status, ObjectNode values, AppliedTo appliedTo) {
        return new ResultImpl(status, values, appliedTo);
    }
}

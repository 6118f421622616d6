package org.prebid.server.hooks.execution.v1.analytics;

import java.util.List;
import org.prebid.server.hooks.v1.analytics.Activity;
import org.prebid.server.hooks.v1.analytics.Result;

public record ActivityImpl(String name, String status, List<Result> results) implements Activity {
    public static ActivityImpl of(String name, String status, List<Result> results) {
        return new ActivityImpl(name, status, results);
    }
}

package org.prebid.server.hooks.execution.v1.analytics;

import java.util.List;
import org.prebid.server.hooks.v1.analytics.Activity;
import org.prebid.server.hooks.v1.analytics.Tags;

public record TagsImpl(List<Activity> activities) implements Tags {
    public static TagsImpl of(List<Activity> activities) {
        return new TagsImpl(activities);
    }
}

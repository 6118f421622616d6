package org.prebid.server.hooks.v1.analytics;

import java.util.List;

public interface Tags {
    List<Activity> activities();
}

package org.prebid.server.hooks.v1;

import java.util.List;
import org.prebid.server.hooks.v1.analytics.Tags;

public interface InvocationResult<PAYLOAD> {
    InvocationAction action();

    PayloadUpdate<PAYLOAD> payloadUpdate();

    List<String> errors();

    List<String> debugMessages();

    Tags analyticsTags();
}

package org.prebid.server.hooks.execution.v1;

import org.prebid.server.hooks.v1.InvocationAction;
import org.prebid.server.hooks.v1.InvocationResult;
import org.prebid.server.hooks.v1.InvocationStatus;
import org.prebid.server.hooks.v1.PayloadUpdate;

public record InvocationResultImpl<PAYLOAD>(PayloadUpdate<PAYLOAD> payloadUpdate) implements InvocationResult<PAYLOAD> {
    public static <PAYLOAD> Builder<PAYLOAD> builder() {
        return new Builder<>(null);
    }

    public record Builder<PAYLOAD>(InvocationResultImpl<PAYLOAD> build) {
        public Builder<PAYLOAD> status(InvocationStatus status) {
            return this;
        }

        public Builder<PAYLOAD> action(InvocationAction action) {
            return this;
        }

        public Builder<PAYLOAD> payloadUpdate(PayloadUpdate<PAYLOAD> update) {
            return new Builder<>(new InvocationResultImpl<>(update));
        }
    }
}

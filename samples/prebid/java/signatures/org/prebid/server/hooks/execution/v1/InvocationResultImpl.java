package org.prebid.server.hooks.execution.v1;

import java.util.List;
import org.prebid.server.hooks.v1.InvocationAction;
import org.prebid.server.hooks.v1.InvocationResult;
import org.prebid.server.hooks.v1.InvocationStatus;
import org.prebid.server.hooks.v1.PayloadUpdate;
import org.prebid.server.hooks.v1.analytics.Tags;

public record InvocationResultImpl<PAYLOAD>(
        InvocationStatus status,
        InvocationAction action,
        PayloadUpdate<PAYLOAD> payloadUpdate,
        List<String> errors,
        List<String> debugMessages,
        Tags analyticsTags)
        implements InvocationResult<PAYLOAD> {

    public static <PAYLOAD> InvocationResultImplBuilder<PAYLOAD> builder() {
        return new InvocationResultImplBuilder<>();
    }

    public static class InvocationResultImplBuilder<PAYLOAD> {
        private InvocationStatus status;
        private InvocationAction action;
        private PayloadUpdate<PAYLOAD> payloadUpdate;
        private List<String> errors;
        private List<String> debugMessages;
        private Tags analyticsTags;

        public InvocationResultImplBuilder<PAYLOAD> status(InvocationStatus value) {
            status = value;
            return this;
        }

        public InvocationResultImplBuilder<PAYLOAD> action(InvocationAction value) {
            action = value;
            return this;
        }

        public InvocationResultImplBuilder<PAYLOAD> payloadUpdate(PayloadUpdate<PAYLOAD> value) {
            payloadUpdate = value;
            return this;
        }

        public InvocationResultImplBuilder<PAYLOAD> errors(List<String> value) {
            errors = value;
            return this;
        }

        public InvocationResultImplBuilder<PAYLOAD> debugMessages(List<String> value) {
            debugMessages = value;
            return this;
        }

        public InvocationResultImplBuilder<PAYLOAD> analyticsTags(Tags value) {
            analyticsTags = value;
            return this;
        }

        public InvocationResultImpl<PAYLOAD> build() {
            return new InvocationResultImpl<>(status, action, payloadUpdate, errors, debugMessages, analyticsTags);
        }
    }
}

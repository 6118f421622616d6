package org.prebid.server.hooks.execution.v1.analytics;

import java.util.List;
import org.prebid.server.hooks.v1.analytics.AppliedTo;

public record AppliedToImpl(List<String> impIds, List<String> bidders, List<String> bidIds) implements AppliedTo {
    public static AppliedToImplBuilder builder() {
        return new AppliedToImplBuilder();
    }

    public static class AppliedToImplBuilder {
        private List<String> impIds;
        private List<String> bidders;
        private List<String> bidIds;

        public AppliedToImplBuilder impIds(List<String> value) {
            impIds = value;
            return this;
        }

        public AppliedToImplBuilder bidders(List<String> value) {
            bidders = value;
            return this;
        }

        public AppliedToImplBuilder bidIds(List<String> value) {
            bidIds = value;
            return this;
        }

        public AppliedToImpl build() {
            return new AppliedToImpl(impIds, bidders, bidIds);
        }
    }
}

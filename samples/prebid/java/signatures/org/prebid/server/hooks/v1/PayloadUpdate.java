package org.prebid.server.hooks.v1;

@FunctionalInterface
public interface PayloadUpdate<PAYLOAD> {
    PAYLOAD apply(PAYLOAD payload);
}

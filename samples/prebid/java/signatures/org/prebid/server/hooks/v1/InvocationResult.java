package org.prebid.server.hooks.v1;

public interface InvocationResult<PAYLOAD> {
    PayloadUpdate<PAYLOAD> payloadUpdate();
}

package org.prebid.server.hooks.v1;

public enum InvocationAction { no_action, update }

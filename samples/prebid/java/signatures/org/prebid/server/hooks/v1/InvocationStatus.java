package org.prebid.server.hooks.v1;

public enum InvocationStatus { success }

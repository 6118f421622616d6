package org.prebid.server.execution.timeout;

/** What is left, in ms. */
public record Timeout(long remaining) {}

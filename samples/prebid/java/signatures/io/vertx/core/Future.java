package io.vertx.core;

import java.util.concurrent.CompletionStage;

public record Future<T>(CompletionStage<T> toCompletionStage) {
    public static <T> Future<T> fromCompletionStage(CompletionStage<T> stage) {
        return new Future<>(stage);
    }
}

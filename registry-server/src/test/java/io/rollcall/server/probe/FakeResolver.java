package io.rollcall.server.probe;

import io.rollcall.server.config.IpLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** A resolver that answers as it was told, and each further time with the next answer; the last one stays. */
final class FakeResolver implements NameResolver {

    private final Map<String, Queue<List<InetAddress>>> answers = new HashMap<>();
    private int questions;

    FakeResolver answer(String host, String... addresses) {
        answers.computeIfAbsent(host, unknown -> new ArrayDeque<>())
                .add(Arrays.stream(addresses)
                        .map(text -> IpLiteral.parse(text).orElseThrow())
                        .toList());
        return this;
    }

    int questions() {
        return questions;
    }

    @Override
    public synchronized CompletableFuture<List<InetAddress>> resolve(String host) {
        questions++;
        var told = answers.get(host);
        if (told == null) {
            return CompletableFuture.failedFuture(new UnknownHostException(host));
        }
        return CompletableFuture.completedFuture(told.size() > 1 ? told.remove() : told.element());
    }
}

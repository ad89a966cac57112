package io.rollcall.chaos.workload;

import io.rollcall.chaos.history.InstanceRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The few instances that all clients of a load fight for. Each is given up after a number of requests and followed by a new
 * one: the search for an explanation of a history grows exponentially with what is not known of it. Thread-safe.
 */
final class KeyRing {

    private static final int SERVICES = 2;
    private static final int KEYS = 6;
    private static final int REQUESTS_MAX = 100;
    private static final int UNKNOWN_MAX = 5;

    private final String prefix;
    private final List<Key> live = new ArrayList<>();
    private int made;

    /** An instance, with what was done to it. */
    static final class Key {

        private final InstanceRef ref;
        private int requests;
        private int unknown;

        private Key(InstanceRef ref) {
            this.ref = ref;
        }

        InstanceRef ref() {
            return ref;
        }
    }

    /**
     * A ring.
     *
     * @param prefix of the names of its services
     */
    KeyRing(String prefix) {
        this.prefix = prefix;
        for (int i = 0; i < KEYS; i++) {
            live.add(fresh());
        }
    }

    /** Draws one that is in use, and counts the request that is to follow. */
    synchronized Key draw(SplittableRandom random) {
        Key key = live.get(random.nextInt(live.size()));
        key.requests++;
        return key;
    }

    /**
     * Counts a write of unknown outcome.
     *
     * @param key to which
     */
    synchronized void unknown(Key key) {
        key.unknown++;
    }

    /**
     * Gives a key up if enough was done to it; the caller then deregisters it.
     *
     * @param key which
     * @return true to the one caller who has to deregister it
     */
    synchronized boolean retire(Key key) {
        boolean worn = key.requests >= REQUESTS_MAX || key.unknown >= UNKNOWN_MAX;
        int at = worn ? live.indexOf(key) : -1;
        if (at < 0) {
            return false;
        }
        live.set(at, fresh());
        return true;
    }

    /** The services that keys have ever been in. */
    Set<String> services() {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < SERVICES; i++) {
            names.add(service(i));
        }
        return names;
    }

    private Key fresh() {
        int number = made++;
        return new Key(new InstanceRef(service(number % SERVICES), "k" + number));
    }

    private String service(int number) {
        return prefix + "-" + number;
    }
}

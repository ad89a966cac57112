package io.rollcall.server.probe;

import java.net.InetSocketAddress;
import java.util.List;

/** What became of a target's name: addresses that were checked and alone are connected to, or a refusal. */
sealed interface Pin {

    /**
     * Addresses that may be connected to.
     *
     * @param addresses at least one, in the order in which they are tried; each carries the target's name
     */
    record Pinned(List<InetSocketAddress> addresses) implements Pin {

        /** Copies the list. */
        public Pinned {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * No address may be connected to.
     *
     * @param reason why
     */
    record Refused(String reason) implements Pin {}
}

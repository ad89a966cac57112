package io.rollcall.server.config;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Whom the leader may check, and how many at once.
 *
 * @param allowLoopback whether instances on loopback may be checked
 * @param allow the only blocks that may be checked; empty: all that are not denied
 * @param deny blocks that must not be checked, beside those that never may
 * @param authorities certificates that are trusted in HTTPS checks, beside those that the system trusts
 * @param maxConcurrent checks under way in all
 * @param maxConcurrentPerTarget checks under way at one host
 */
public record CheckSettings(
        boolean allowLoopback,
        List<AddressRange> allow,
        List<AddressRange> deny,
        List<X509Certificate> authorities,
        int maxConcurrent,
        int maxConcurrentPerTarget) {

    /** Copies the lists. */
    public CheckSettings {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        authorities = List.copyOf(authorities);
    }
}

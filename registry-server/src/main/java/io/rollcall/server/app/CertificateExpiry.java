package io.rollcall.server.app;

import java.time.Instant;
import java.util.List;

/** Until when this node's certificates are good. */
public interface CertificateExpiry {

    /**
     * Returns what is shown to others now.
     *
     * @return in a fixed order; empty without TLS
     */
    List<Shown> certificates();

    /**
     * A certificate that a listener shows.
     *
     * @param listener {@code http} or {@code raft}
     * @param subject whose it is
     * @param notAfter the last moment at which it, and each of the intermediates shown with it, is good
     */
    record Shown(String listener, String subject, Instant notAfter) {}
}

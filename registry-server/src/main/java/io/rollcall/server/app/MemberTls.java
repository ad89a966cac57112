package io.rollcall.server.app;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How members prove to each other who they are. A certificate of the right authority is not enough: it must be a member's, and
 * that of the member that was dialled. All of it follows the files; thread-safe.
 */
public interface MemberTls {

    /**
     * Returns what the next connection from outside is served by. Whoever shows no member's certificate fails the handshake.
     *
     * @return for one connection; sessions of earlier ones are not resumed
     */
    SSLContext inbound();

    /**
     * Returns what the next connection to a member is opened by. Engines must be made with host and port.
     *
     * @param members who is expected where
     * @return for one connection; sessions of earlier ones are not resumed
     */
    SSLContext outbound(Members members);

    /**
     * Requires that a caller that was let in may still be: authorities may have been replaced since, and time has passed.
     *
     * @param chain what it showed
     * @throws CertificateException saying why it may not
     */
    void requireMember(List<X509Certificate> chain) throws CertificateException;

    /**
     * Returns which state of the files is in use.
     *
     * @return raised by each change
     */
    long generation();

    /** The members as those know them who dial. */
    interface Members {

        /**
         * Tells who listens at an address.
         *
         * @param host as it was dialled
         * @param port as it was dialled
         * @return its id; null if no member is known there
         */
        @Nullable
        String at(String host, int port);

        /**
         * A connection to a member is being opened.
         *
         * @param id the member
         * @param goodUntil the last moment at which both sides' certificates are good
         */
        void opened(String id, Instant goodUntil);
    }
}

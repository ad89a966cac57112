package io.rollcall.server.security.tls;

import io.rollcall.server.app.CertificateExpiry.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that a certificate nears its end: 30, 7 and 1 days before it, and when it has come. Not thread-safe. */
final class ExpiryWarnings {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryWarnings.class);

    /** The shortest first. */
    private static final List<Duration> MARKS =
            List.of(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));

    private record Said(Instant notAfter, Duration mark) {}

    private final Map<String, Said> said = new HashMap<>();

    /**
     * Warns of what was not said before. One whose whole life is shorter than a mark is told of at the next one.
     *
     * @param life how long the certificate is good for in all
     */
    void look(Shown certificate, Duration life, Instant now) {
        Duration left = Duration.between(now, certificate.notAfter());
        for (Duration mark : MARKS) {
            if (left.compareTo(mark) <= 0) {
                say(certificate, mark, life, left);
                return;
            }
        }
    }

    private void say(Shown certificate, Duration mark, Duration life, Duration left) {
        Said now = new Said(certificate.notAfter(), mark);
        boolean isShortLived = !mark.isZero() && life.compareTo(mark.multipliedBy(2)) < 0;
        if (isShortLived || now.equals(said.put(certificate.listener(), now))) {
            return;
        }
        if (mark.isZero()) {
            LOG.atError()
                    .addKeyValue("listener", certificate.listener())
                    .addKeyValue("subject", certificate.subject())
                    .addKeyValue("notAfter", certificate.notAfter())
                    .log("the certificate has expired; nobody accepts it any more");
        } else {
            LOG.atWarn()
                    .addKeyValue("listener", certificate.listener())
                    .addKeyValue("subject", certificate.subject())
                    .addKeyValue("notAfter", certificate.notAfter())
                    .addKeyValue("daysLeft", left.toDays())
                    .log("the certificate expires soon; replace its files, no restart is needed");
        }
    }
}

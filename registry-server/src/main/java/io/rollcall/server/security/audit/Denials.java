package io.rollcall.server.security.audit;

import io.rollcall.api.model.AccessToken;
import io.rollcall.server.app.access.AuditEvent;
import io.rollcall.server.security.AddressKeys;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Which denials are written down one by one. Whoever is known can be asked, and what he tried matters, so that he is given more
 * lines than those of whom nothing is known but an address.
 */
final class Denials {

    // Whoever he is can have these of one address, and as many addresses as he likes.
    private static final int MAX_KINDS_OF_NOBODY = 128;
    private static final int MAX_KINDS_OF_ADDRESS = 8;

    private static final int MAX_KINDS_OF_KNOWN = 1_024;
    private static final int MAX_KINDS_OF_IDENTITY = 64;

    private final boolean isOn;
    private final DenialFold ofNobody;
    private final DenialFold ofKnown;
    private final LongSupplier nanos;

    /**
     * Nothing was denied yet.
     *
     * @param interval how long denials that are alike are counted before the count is written down; zero counts none
     * @param nanos a monotonic clock
     */
    Denials(Duration interval, LongSupplier nanos) {
        this.isOn = !interval.isZero();
        this.ofNobody = new DenialFold(interval.toNanos(), MAX_KINDS_OF_NOBODY, MAX_KINDS_OF_ADDRESS);
        this.ofKnown = new DenialFold(interval.toNanos(), MAX_KINDS_OF_KNOWN, MAX_KINDS_OF_IDENTITY);
        this.nanos = nanos;
    }

    /** Whether an event is a denial that is counted, and not to be written down by itself. */
    boolean folds(AuditEvent event) {
        if (!isOn || !event.isDenied()) {
            return false;
        }
        String identity = event.identity();
        long now = nanos.getAsLong();
        // The token of those who show none is everybody's.
        if (identity == null || AccessToken.ANONYMOUS_ID.equals(event.tokenId())) {
            return ofNobody.folds(event, AddressKeys.of(event.source()), false, now);
        }
        return ofKnown.folds(event, identity, true, now);
    }

    /** The counts that are to be written down now. */
    List<FoldedDenials> due() {
        long now = nanos.getAsLong();
        return Stream.concat(ofNobody.due(now).stream(), ofKnown.due(now).stream())
                .toList();
    }

    /** All counts, since nothing follows. */
    List<FoldedDenials> all() {
        return Stream.concat(ofNobody.all().stream(), ofKnown.all().stream()).toList();
    }
}

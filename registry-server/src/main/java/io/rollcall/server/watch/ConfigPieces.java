package io.rollcall.server.watch;

import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.server.view.ConfigScope;
import io.rollcall.server.watch.ConfigFound.Beginning;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * All there is, told in events of bounded size, each encoded no sooner than it is written. Whoever writes uses it, and
 * the hub in between.
 */
final class ConfigPieces {

    private final ConfigScope scope;
    private final long index;
    private final Iterator<ConfigEntry> rest;
    private final String subscription;
    private final long idBefore;
    private final long idBehind;
    private boolean hasEnded;

    /**
     * The pieces of a beginning.
     *
     * @param subscription of the reader
     * @param safe what the reader may resume at until the last piece has come; 0 if he may not
     * @param sees which keys he is told of
     */
    ConfigPieces(ConfigScope scope, Beginning beginning, String subscription, long safe, Predicate<ConfigKey> sees) {
        this.scope = scope;
        this.index = beginning.index();
        Iterable<ConfigEntry> all = beginning.snapshot().entries(scope.namespace(), scope.text(), "");
        this.rest = StreamSupport.stream(all.spliterator(), false)
                .filter(entry -> sees.test(entry.key()))
                .iterator();
        this.subscription = subscription;
        this.idBefore = safe;
        // Not the index of the last change: whoever resumes there at a node that has not forgotten as much as this one
        // would be
        // told of what was before.
        this.idBehind = Math.max(safe, beginning.snapshot().appliedIndex());
    }

    /** The next event; there is one at least. */
    List<ByteBuffer> next() {
        byte[] data = ConfigEvents.piece(scope, index, rest, subscription);
        hasEnded = !rest.hasNext();
        return List.of(ByteBuffer.wrap(Frame.of("config-snapshot", hasEnded ? idBehind : idBefore, data)
                .bytes()));
    }

    boolean hasEnded() {
        return hasEnded;
    }

    /** What the reader may resume at once he has all. */
    long idBehind() {
        return idBehind;
    }
}

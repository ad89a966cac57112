package io.rollcall.client.directory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, whatever they do about it. */
final class Notices {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    private final List<DirectoryListener> listeners = new CopyOnWriteArrayList<>();
    private final Instruments instruments;

    Notices(Instruments instruments) {
        this.instruments = instruments;
    }

    void add(DirectoryListener listener) {
        listeners.add(listener);
    }

    void remove(DirectoryListener listener) {
        listeners.remove(listener);
    }

    void tell(Consumer<DirectoryListener> what) {
        for (DirectoryListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                instruments.add(DirectoryCount.LISTENER_FAULTS);
                LOG.atWarn()
                        .addKeyValue("listener", listener.getClass().getName())
                        .setCause(e)
                        .log("a listener of a directory failed");
            }
        }
    }
}

package io.rollcall.server.security.crypto;

import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Registration;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedEvent;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedInstance;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedValue;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.Sealed;
import io.rollcall.statemachine.store.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** One look at a part of the state, which finds what is not sealed by the primary key and seals it. For one thread. */
final class Look {

    /** Records that one look reads. */
    static final int RECORDS_MAX = 2_000;

    /** Of those, what it seals at most: an entry must not take long to apply. */
    static final int SEALS_MAX = 128;

    /** And their values; one more may come on top. */
    static final int BYTES_MAX = 512 * 1024;

    private final Keyring keyring;
    private final long primary;
    private final List<ResealedInstance> instances = new ArrayList<>();
    private final List<ResealedValue> values = new ArrayList<>();
    private final List<ResealedEvent> events = new ArrayList<>();
    private final long keyset;
    private Cursor next;
    private int read;
    private int bytes;

    /**
     * Looks.
     *
     * @param from where to begin
     */
    Look(Keyring keyring, Moment moment, Cursor from) {
        KeysetRecord record = moment.keyset();
        this.keyring = keyring;
        this.keyset = record == null ? 0 : record.version();
        this.primary = record == null ? 0 : record.primaryKeyId();
        this.next = from.behind();
        switch (from.stage()) {
            case INSTANCES ->
                moment.instancesFrom(from.instance(), instance -> {
                    if (isFull()) {
                        next = from.at(instance.key());
                        return false;
                    }
                    return look(instance);
                });
            case CONFIG ->
                moment.configVersionsFrom(from.version(), (version, value) -> {
                    if (isFull()) {
                        next = from.at(version.versionKey());
                        return false;
                    }
                    return look(version, value);
                });
            case HISTORY ->
                moment.eventsFrom(from.event(), event -> {
                    if (isFull()) {
                        next = from.at(event.index());
                        return false;
                    }
                    return look(event);
                });
            case END -> {}
        }
    }

    private boolean isFull() {
        return read >= RECORDS_MAX
                || instances.size() + values.size() + events.size() >= SEALS_MAX
                || bytes >= BYTES_MAX;
    }

    private boolean look(InstanceRecord instance) {
        read++;
        if (!Sealed.isBy(instance.registration(), primary)) {
            Registration sealed = resealed(instance.registration());
            instances.add(
                    new ResealedInstance(instance.key(), instance.modifyIndex(), sealed.metadata(), headers(sealed)));
        }
        return true;
    }

    private boolean look(ConfigRecord version, @Nullable ConfigValue value) {
        read++;
        if (value != null && !Sealed.isBy(value, primary)) {
            ConfigValue sealed = keyring.seal(version.key(), keyring.open(version.key(), value));
            bytes += sealed.size();
            values.add(new ResealedValue(version.key(), version.version(), version.modifyIndex(), sealed));
        }
        return true;
    }

    private boolean look(EventRecord event) {
        read++;
        InstanceRecord before = event.before();
        if (before != null && !Sealed.isBy(before.registration(), primary)) {
            Registration sealed = resealed(before.registration());
            events.add(new ResealedEvent(event.key(), event.index(), sealed.metadata(), headers(sealed)));
        }
        return true;
    }

    private Registration resealed(Registration registration) {
        Registration sealed = keyring.seal(keyring.open(registration));
        sealed.metadata().values().forEach(text -> bytes += text.length());
        headers(sealed).values().forEach(text -> bytes += text.length());
        return sealed;
    }

    private static SortedMap<String, String> headers(Registration registration) {
        HealthCheck check = registration.healthCheck();
        return check == null ? SealedMaps.NONE : check.headers();
    }

    /** The version of the keys at the moment of the look. */
    long keyset() {
        return keyset;
    }

    /** How many records it went through. */
    int read() {
        return read;
    }

    /** Where the next look begins. */
    Cursor next() {
        return next;
    }

    boolean isClean() {
        return instances.isEmpty() && values.isEmpty() && events.isEmpty();
    }

    List<ResealedInstance> instances() {
        return instances;
    }

    List<ResealedValue> values() {
        return values;
    }

    List<ResealedEvent> events() {
        return events;
    }
}

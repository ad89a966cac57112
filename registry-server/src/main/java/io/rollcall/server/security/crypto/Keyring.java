package io.rollcall.server.security.crypto;

import com.google.crypto.tink.Aead;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.statemachine.apply.FaultHandler;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.Sealed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's keys as this node has applied them. The thread that applies the log changes them, in step with what they
 * seal: the state at any index is opened by the keys of that index. Keys that the cluster let go stay until the process
 * ends, for readers of what was before. Thread-safe.
 */
final class Keyring {

    private static final String METADATA = "metadata";
    private static final String CHECK_HEADERS = "check-headers";
    private static final String CONFIG = "config";

    private final MasterKeys masterKeys;
    private final SealMark mark;
    private final FaultHandler faults;
    private volatile Keys keys = new Keys("", null, null, Map.of());

    /**
     * What is known at a time.
     *
     * @param clusterId part of what each seal is bound to
     * @param record as applied
     * @param current opened from it
     * @param byKeyId also those of earlier records
     */
    private record Keys(
            String clusterId,
            @Nullable KeysetRecord record,
            @Nullable Keyset current,
            Map<Long, Keyset> byKeyId) {}

    /** Ends the process if the node needs a master key that it has not. */
    Keyring(MasterKeys masterKeys, SealMark mark, FaultHandler faults) {
        this.masterKeys = masterKeys;
        this.mark = mark;
        this.faults = faults;
        String needed = mark.read();
        if (needed != null) {
            masterKey(needed, "");
        }
    }

    MasterKeys masterKeys() {
        return masterKeys;
    }

    /** The keys as they are stored; null if nothing is sealed. */
    @Nullable
    KeysetRecord record() {
        return keys.record;
    }

    /** The keys; null if nothing is sealed. */
    @Nullable
    Keyset current() {
        return keys.current;
    }

    /** To be called before anything is sealed or opened in the cluster. */
    void belongsTo(String clusterId) {
        Keys known = keys;
        keys = new Keys(clusterId, known.record, known.current, known.byKeyId);
    }

    /** The keys changed. Ends the process if they cannot be opened. */
    void changed(KeysetRecord record) {
        Keys known = keys;
        boolean isNew = known.record == null || !known.record.wrapped().equals(record.wrapped());
        Keyset current = isNew || known.current == null ? unwrap(record) : known.current;
        Map<Long, Keyset> byKeyId = new HashMap<>(known.byKeyId);
        current.ids().forEach(id -> byKeyId.put(id, current));
        keys = new Keys(known.clusterId, record, current, Map.copyOf(byKeyId));
        if (isNew) {
            mark.put(record.masterKeyId());
        }
    }

    private Keyset unwrap(KeysetRecord record) {
        String version = "keyset version " + record.version() + ", ";
        Aead masterKey = masterKey(record.masterKeyId(), version);
        try {
            return Keyset.unwrap(record.wrapped(), masterKey);
        } catch (GeneralSecurityException e) {
            throw faults.fatal(
                    sealed(record.masterKeyId(), version)
                            + "that one, but it does not open them: the keyset is damaged",
                    e);
        }
    }

    private Aead masterKey(String id, String version) {
        String whatToDo = "; start it with that one in --encryption-master-key-file FILE or in the environment";
        if (masterKeys.isEmpty()) {
            throw faults.fatal(sealed(id, version) + "no master key" + whatToDo, null);
        }
        Aead masterKey = masterKeys.find(id);
        if (masterKey == null) {
            throw faults.fatal(sealed(id, version) + "another master key (" + masterKeys + ")" + whatToDo, null);
        }
        return masterKey;
    }

    private static String sealed(String masterKeyId, String version) {
        return "the secrets of this cluster are sealed (" + version + "master key " + masterKeyId
                + "), and this node has ";
    }

    Registration seal(Registration registration) {
        InstanceKey key = registration.key();
        HealthCheck check = registration.healthCheck();
        return Sealed.with(
                registration,
                seal(registration.metadata(), METADATA, key),
                check == null ? SealedMaps.NONE : seal(check.headers(), CHECK_HEADERS, key));
    }

    private SortedMap<String, String> seal(SortedMap<String, String> map, String kind, InstanceKey key) {
        Keys known = keys;
        return map.isEmpty()
                ? map
                : Sealed.map(sealing(known).seal(SealedMaps.bytes(map), context(known, kind, name(key))));
    }

    ConfigValue seal(ConfigKey key, ConfigValue value) {
        Keys known = keys;
        return Sealed.value(value.size(), sealing(known).seal(value.bytes(), context(known, CONFIG, name(key))));
    }

    private static Keyset sealing(Keys known) {
        if (known.current == null) {
            throw new IllegalStateException("there is no key to seal with");
        }
        return known.current;
    }

    Instance open(Instance instance) {
        Registration sealed = instance.registration();
        Registration opened = open(sealed);
        return isSame(sealed, opened) ? instance : instance.with(opened);
    }

    InstanceRecord open(InstanceRecord instance) {
        Registration sealed = instance.registration();
        Registration opened = open(sealed);
        return isSame(sealed, opened) ? instance : instance.with(opened);
    }

    @SuppressWarnings("ReferenceEquality") // says whether there was anything to open; an equal copy would be no harm
    private static boolean isSame(Registration sealed, Registration opened) {
        return sealed == opened;
    }

    /** The same as readers see it; also of what is not sealed. */
    Registration open(Registration registration) {
        HealthCheck check = registration.healthCheck();
        boolean isSealed =
                Sealed.isSealed(registration.metadata()) || (check != null && Sealed.isSealed(check.headers()));
        if (keys.record == null || !isSealed) {
            return registration;
        }
        InstanceKey key = registration.key();
        return Sealed.with(
                registration,
                open(registration.metadata(), METADATA, key),
                check == null ? SealedMaps.NONE : open(check.headers(), CHECK_HEADERS, key));
    }

    private SortedMap<String, String> open(SortedMap<String, String> map, String kind, InstanceKey key) {
        return Sealed.isSealed(map) ? SealedMaps.map(open(Sealed.ciphertext(map), kind, name(key))) : map;
    }

    /** The same as readers see it; also of what is not sealed. */
    ConfigValue open(ConfigKey key, ConfigValue value) {
        return keys.record == null || !value.isSealed()
                ? value
                : ConfigValue.stored(open(Sealed.ciphertext(value), CONFIG, name(key)));
    }

    private byte[] open(byte[] ciphertext, String kind, String name) {
        Keys known = keys;
        long id = Sealed.keyIdOf(ciphertext);
        Keyset keyset = known.byKeyId.get(id);
        if (keyset == null) {
            throw new UnopenableException(kind, name, "there is no key " + id, null);
        }
        try {
            return keyset.open(ciphertext, context(known, kind, name));
        } catch (GeneralSecurityException e) {
            throw new UnopenableException(kind, name, "it is damaged, or was sealed for something else", e);
        }
    }

    private static String name(InstanceKey key) {
        return key.service().namespace().value()
                + '\0'
                + key.service().name().value()
                + '\0'
                + key.id().value();
    }

    private static String name(ConfigKey key) {
        return key.namespace().value() + '\0' + key.path();
    }

    /** What a seal is bound to: moved to another cluster, kind or name it does not open. */
    private static byte[] context(Keys known, String kind, String name) {
        return (known.clusterId + '\0' + kind + '\0' + name).getBytes(StandardCharsets.UTF_8);
    }

    /** Something sealed does not open: the disk or the log is damaged, or somebody changed what is there. */
    static final class UnopenableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnopenableException(String kind, String name, String why, @Nullable Throwable cause) {
            super("the " + kind + " of '" + name.replace('\0', '/') + "' cannot be opened: " + why, cause);
        }
    }
}

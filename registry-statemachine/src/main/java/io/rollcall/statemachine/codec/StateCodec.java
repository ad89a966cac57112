package io.rollcall.statemachine.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.ConfigValue;
import io.rollcall.statemachine.state.ClusterRecord;
import io.rollcall.statemachine.state.ConfigFloor;
import io.rollcall.statemachine.state.ConfigRecord;
import io.rollcall.statemachine.state.ConfigTotals;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.HistoryRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.LeaseRecord;
import io.rollcall.statemachine.state.RequestRecord;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.state.TokenRecord;
import io.rollcall.statemachine.state.TombstoneRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One kind of record as bytes of the store: {@code [1 byte version][JSON]}, or the bytes themselves behind the version
 * where a record is nothing but bytes. All versions that were ever shipped are read; whatever is not known exactly, cannot be: {@link UndecodableException}.
 *
 * <p>Replicas compare a hash of these bytes, so members of different software must write the same: a record is written in
 * the lowest version that can hold it, which follows from the record alone. What only a newer version can hold comes into
 * a record by commands of a newer feature level alone, so no member writes what another one cannot read.
 *
 * @param <T> the record
 */
public final class StateCodec<T> {

    /** Instances. */
    public static final StateCodec<InstanceRecord> INSTANCE = new StateCodec<>(
            "instance",
            List.of(
                    version(1, InstanceRecordV1.class, InstanceRecordV1::of, InstanceRecordV1::thaw)
                            .onlyFor(InstanceRecordV1::holds),
                    version(2, InstanceRecordV2.class, InstanceRecordV2::of, InstanceRecordV2::thaw)
                            .onlyFor(InstanceRecordV2::holds),
                    version(3, InstanceRecordV3.class, InstanceRecordV3::of, InstanceRecordV3::thaw)));

    /** Tombstones. */
    public static final StateCodec<TombstoneRecord> TOMBSTONE = new StateCodec<>(
            "tombstone", List.of(version(1, TombstoneRecordV1.class, TombstoneRecordV1::of, TombstoneRecordV1::thaw)));

    /** Services. */
    public static final StateCodec<ServiceRecord> SERVICE = new StateCodec<>(
            "service", List.of(version(1, ServiceRecordV1.class, ServiceRecordV1::of, ServiceRecordV1::thaw)));

    /** How leases stood. */
    public static final StateCodec<LeaseRecord> LEASE =
            new StateCodec<>("lease", List.of(version(1, LeaseRecordV1.class, LeaseRecordV1::of, LeaseRecordV1::thaw)));

    /** Requests with their results. */
    public static final StateCodec<RequestRecord> REQUEST = new StateCodec<>(
            "request", List.of(version(1, RequestRecordV1.class, RequestRecordV1::of, RequestRecordV1::thaw)));

    /** The cluster. */
    public static final StateCodec<ClusterRecord> CLUSTER = new StateCodec<>(
            "cluster", List.of(version(1, ClusterRecordV1.class, ClusterRecordV1::of, ClusterRecordV1::thaw)));

    /** Events of the history. */
    public static final StateCodec<EventRecord> EVENT = new StateCodec<>(
            "event",
            List.of(
                    version(1, EventRecordV1.class, EventRecordV1::of, EventRecordV1::thaw)
                            .onlyFor(EventRecordV1::holds),
                    version(2, EventRecordV2.class, EventRecordV2::of, EventRecordV2::thaw)));

    /** How much of the history is kept. */
    public static final StateCodec<HistoryRecord> HISTORY = new StateCodec<>(
            "history", List.of(version(1, HistoryRecordV1.class, HistoryRecordV1::of, HistoryRecordV1::thaw)));

    /** Versions of configuration keys. */
    public static final StateCodec<ConfigRecord> CONFIG = new StateCodec<>(
            "config", List.of(version(1, ConfigRecordV1.class, ConfigRecordV1::of, ConfigRecordV1::thaw)));

    /** Values of configuration keys: what was given, byte by byte. */
    public static final StateCodec<ConfigValue> CONFIG_VALUE =
            new StateCodec<>("config-value", List.of(raw(1, ConfigValue::bytes, ConfigValue::stored)));

    /** What the configuration takes in all. */
    public static final StateCodec<ConfigTotals> CONFIG_TOTALS = new StateCodec<>(
            "config-totals", List.of(version(1, ConfigTotalsV1.class, ConfigTotalsV1::of, ConfigTotalsV1::thaw)));

    /** What is left of configuration keys that were forgotten. */
    public static final StateCodec<ConfigFloor> CONFIG_FLOOR = new StateCodec<>(
            "config-floor", List.of(version(1, ConfigFloorV1.class, ConfigFloorV1::of, ConfigFloorV1::thaw)));

    /** Policies. */
    public static final StateCodec<AccessPolicy> POLICY =
            new StateCodec<>("policy", List.of(version(1, PolicyV1.class, PolicyV1::of, PolicyV1::thaw)));

    /** Tokens, with the hashes of their secrets. */
    public static final StateCodec<TokenRecord> TOKEN =
            new StateCodec<>("token", List.of(version(1, TokenRecordV1.class, TokenRecordV1::of, TokenRecordV1::thaw)));

    /** The keys that secrets are sealed with. */
    public static final StateCodec<KeysetRecord> KEYSET = new StateCodec<>(
            "keyset", List.of(version(1, KeysetRecordV1.class, KeysetRecordV1::of, KeysetRecordV1::thaw)));

    /** All kinds. */
    static final List<StateCodec<?>> ALL = List.of(
            INSTANCE,
            TOMBSTONE,
            SERVICE,
            LEASE,
            REQUEST,
            CLUSTER,
            EVENT,
            HISTORY,
            CONFIG,
            CONFIG_VALUE,
            CONFIG_TOTALS,
            CONFIG_FLOOR,
            POLICY,
            TOKEN,
            KEYSET);

    private static final int TYPICAL_RECORD_BYTES = 1024;

    /** A schema with its number, and the records that it can hold. */
    record Version<T>(int number, Predicate<T> holds, Writer<T> writer, Reader<T> reader) {

        Version<T> onlyFor(Predicate<T> records) {
            return new Version<>(number, records, writer, reader);
        }
    }

    /** Writes a record behind its version. */
    private interface Writer<T> {
        void write(T value, ByteArrayBuilder bytes) throws IOException;
    }

    /** Reads a record from behind its version. */
    private interface Reader<T> {
        T read(byte[] bytes) throws IOException;
    }

    private final String kind;
    private final List<Version<T>> versions;
    private final Version<T> newest;

    private StateCodec(String kind, List<Version<T>> versions) {
        this.kind = kind;
        this.versions = versions;
        this.newest = versions.get(versions.size() - 1);
    }

    /**
     * Encodes a record in the lowest version that can hold it.
     *
     * @param value any; equal records give equal bytes
     * @return version and JSON
     */
    public byte[] encode(T value) {
        ByteArrayBuilder bytes = new ByteArrayBuilder(TYPICAL_RECORD_BYTES);
        Version<T> version = lowestOf(value);
        bytes.append(version.number);
        try {
            version.writer.write(value, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(kind + " record cannot be written as JSON", e);
        }
        return bytes.getClearAndRelease();
    }

    /**
     * Decodes a record.
     *
     * @param bytes what {@link #encode} of this or an older version returned
     * @return the record
     * @throws UndecodableException if anything in it is unknown or missing
     */
    public T decode(byte[] bytes) {
        int number = bytes.length == 0 ? -1 : bytes[0];
        for (Version<T> version : versions) {
            if (version.number == number) {
                return decode(version, bytes);
            }
        }
        throw new UndecodableException(
                kind + " record has version " + number + ", newest known is " + newest.number
                        + "; run a version that knows it",
                null);
    }

    private Version<T> lowestOf(T value) {
        for (Version<T> version : versions) {
            if (version.holds.test(value)) {
                return version;
            }
        }
        throw new IllegalStateException("no version holds a " + kind + " record");
    }

    String kind() {
        return kind;
    }

    List<Version<T>> versions() {
        return versions;
    }

    private T decode(Version<T> version, byte[] bytes) {
        try {
            return version.reader.read(bytes);
        } catch (UndecodableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new UndecodableException(kind + " record of " + bytes.length + " bytes cannot be read", e);
        }
    }

    private static <T, S> Version<T> version(int number, Class<S> schema, Function<T, S> freeze, Function<S, T> thaw) {
        ObjectWriter writer = SchemaJson.partWriter(schema);
        ObjectReader reader = SchemaJson.wholeReader(schema);
        return new Version<>(
                number,
                any -> true,
                (value, bytes) -> {
                    try (JsonGenerator json = SchemaJson.MAPPER.getFactory().createGenerator(bytes)) {
                        writer.writeValue(json, freeze.apply(value));
                    }
                },
                bytes -> thaw.apply(schema.cast(reader.readValue(bytes, 1, bytes.length - 1))));
    }

    private static <T> Version<T> raw(int number, Function<T, byte[]> freeze, Function<byte[], T> thaw) {
        return new Version<>(
                number,
                any -> true,
                (value, bytes) -> bytes.write(freeze.apply(value)),
                bytes -> thaw.apply(Arrays.copyOfRange(bytes, 1, bytes.length)));
    }
}

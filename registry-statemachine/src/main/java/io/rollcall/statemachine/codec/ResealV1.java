package io.rollcall.statemachine.codec;

import io.rollcall.api.model.ConfigValue;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.KeyCommand.Reseal;
import java.util.List;
import java.util.SortedMap;

/** {@link Reseal}, version 1. Values are written as base64. */
record ResealV1(
        long term,
        long keyset,
        List<InstanceSealV1> instances,
        List<ValueSealV1> values,
        List<EventSealV1> events,
        long done,
        long total,
        boolean complete)
        implements CommandBody {

    static ResealV1 of(Reseal command) {
        return new ResealV1(
                command.term(),
                command.keyset(),
                command.instances().stream()
                        .map(it ->
                                new InstanceSealV1(KeyV1.of(it.key()), it.modifyIndex(), it.metadata(), it.headers()))
                        .toList(),
                command.values().stream()
                        .map(it -> new ValueSealV1(
                                ConfigKeyV1.of(it.key()),
                                it.version(),
                                it.modifyIndex(),
                                it.value().bytes()))
                        .toList(),
                command.events().stream()
                        .map(it -> new EventSealV1(KeyV1.of(it.key()), it.index(), it.metadata(), it.headers()))
                        .toList(),
                command.done(),
                command.total(),
                command.complete());
    }

    @Override
    public Command thaw(CommandHeader header) {
        return new Reseal(
                header,
                term,
                keyset,
                instances.stream().map(InstanceSealV1::thaw).toList(),
                values.stream().map(ValueSealV1::thaw).toList(),
                events.stream().map(EventSealV1::thaw).toList(),
                done,
                total,
                complete);
    }

    /** {@link Reseal.ResealedInstance}, version 1. */
    record InstanceSealV1(
            KeyV1 key, long modifyIndex, SortedMap<String, String> metadata, SortedMap<String, String> headers) {

        Reseal.ResealedInstance thaw() {
            return new Reseal.ResealedInstance(key.thaw(), modifyIndex, metadata, headers);
        }
    }

    /** {@link Reseal.ResealedValue}, version 1. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record ValueSealV1(ConfigKeyV1 key, long version, long modifyIndex, byte[] value) {

        Reseal.ResealedValue thaw() {
            return new Reseal.ResealedValue(key.thaw(), version, modifyIndex, ConfigValue.stored(value));
        }
    }

    /** {@link Reseal.ResealedEvent}, version 1. */
    record EventSealV1(KeyV1 key, long index, SortedMap<String, String> metadata, SortedMap<String, String> headers) {

        Reseal.ResealedEvent thaw() {
            return new Reseal.ResealedEvent(key.thaw(), index, metadata, headers);
        }
    }
}

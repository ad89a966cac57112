package io.rollcall.statemachine.codec;

import static io.rollcall.statemachine.codec.Samples.CONFIG_KEY;
import static io.rollcall.statemachine.codec.Samples.HEADER;
import static io.rollcall.statemachine.codec.Samples.KEY;

import io.rollcall.statemachine.codec.Samples.Stored;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.KeyCommand.PutKeyset;
import io.rollcall.statemachine.command.KeyCommand.Reseal;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedEvent;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedInstance;
import io.rollcall.statemachine.command.KeyCommand.Reseal.ResealedValue;
import io.rollcall.statemachine.state.KeysetRecord;
import io.rollcall.statemachine.state.Sealed;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The samples that are about keys and seals. */
final class KeySamples {

    private static final String WRAPPED = "{\"encryptedKeyset\":\"c2VhbGVk\"}";

    private KeySamples() {}

    static Map<String, Command> commands() {
        // Begins as one of key 4000000001 does.
        byte[] ciphertext = {1, (byte) 0xee, 0x6b, 0x28, 0x01, 42, 43, 44, 45, 46};
        return Map.of(
                "put-keyset.v1",
                new PutKeyset(HEADER, 2, WRAPPED, "5f1a0c3e", 4_000_000_001L, List.of(17L, 4_000_000_001L)),
                "reseal.v1",
                new Reseal(
                        HEADER,
                        5,
                        3,
                        List.of(new ResealedInstance(KEY, 43, Sealed.map(ciphertext), Sealed.map(ciphertext))),
                        List.of(new ResealedValue(CONFIG_KEY, 5, 43, Sealed.value(13, ciphertext))),
                        List.of(new ResealedEvent(KEY, 42, Sealed.map(ciphertext), new TreeMap<>())),
                        1_000,
                        2_500,
                        true));
    }

    static Map<String, Stored<?>> stored() {
        KeysetRecord keyset = new KeysetRecord(
                3,
                WRAPPED,
                "5f1a0c3e",
                4_000_000_001L,
                List.of(17L, 4_000_000_001L),
                1_700_000_000_123L,
                KeysetRecord.Phase.WAITING,
                2_500,
                2_500,
                1_700_000_020_456L);
        return Map.of("keyset.v1", new Stored<>(StateCodec.KEYSET, keyset));
    }
}

package io.rollcall.statemachine.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.Operation;
import io.rollcall.statemachine.codec.Samples.Stored;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.Vitals;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateCodecTest {

    @Test
    void everyRecordComesBackAsItWas() {
        Samples.stored()
                .forEach((name, sample) -> assertThat(decoded(sample)).as(name).isEqualTo(sample.value()));
    }

    @Test
    void unknownVersionIsRefused() {
        byte[] bytes = StateCodec.INSTANCE.encode(Samples.INSTANCE);
        bytes[0] = 4;

        assertThatThrownBy(() -> StateCodec.INSTANCE.decode(bytes))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("version 4");
    }

    @Test
    void recordIsWrittenInTheLowestVersionThatHoldsIt() {
        assertThat(StateCodec.INSTANCE.encode(Samples.INSTANCE)).startsWith(1);
        assertThat(StateCodec.INSTANCE.encode(Samples.JUDGED_INSTANCE)).startsWith(2);
        assertThat(StateCodec.INSTANCE.encode(Samples.SUSPECT_INSTANCE)).startsWith(2);
        assertThat(StateCodec.INSTANCE.encode(Samples.OWNED_INSTANCE)).startsWith(3);
    }

    @Test
    void recordOfWhichNothingIsJudgedAnyMoreIsWrittenAsBefore() {
        Vitals revived = Vitals.FRESH.lapsed("silent").revived();

        assertThat(revived).isEqualTo(Vitals.FRESH);
    }

    @Test
    void recordCutOffAnywhereIsRefused() {
        byte[] bytes = StateCodec.INSTANCE.encode(Samples.INSTANCE);

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> StateCodec.INSTANCE.decode(cut)).isInstanceOf(UndecodableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"registration\": -> {\"more\":1,\"registration\":",
                "\"status\":\"maintenance\" -> \"status\":\"asleep\"",
                "\"incarnation\":42, -> ",
                "\"operatorWord\":{\"status\":\"maintenance\" -> \"operatorWord\":{\"status\":\"passing\"",
                "\"reason\":\"disk\"}} -> \"reason\":\"disk\"}}{}"
            })
    void whatIsNotKnownExactlyIsRefused(String replacement) {
        String[] parts = replacement.split(" -> ", -1);
        String json = new String(StateCodec.INSTANCE.encode(Samples.INSTANCE), UTF_8);
        assertThat(json).contains(parts[0]);

        byte[] spoilt = json.replace(parts[0], parts[1]).getBytes(UTF_8);

        assertThatThrownBy(() -> StateCodec.INSTANCE.decode(spoilt)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void noRecordButAnEventHoldsTheTraceContext() {
        Samples.stored().forEach((name, sample) -> {
            if (sample.codec() != StateCodec.EVENT) {
                assertThat(new String(sample.encode(), UTF_8)).as(name).doesNotContainIgnoringCase("trace");
            }
        });
    }

    @Test
    void eventOfANewInstanceIsSmall() {
        EventRecord registered =
                new EventRecord(Samples.KEY, 1_000_000_000, 1_700_000_000_123L, Operation.REGISTERED, null, null, null);

        assertThat(StateCodec.EVENT.encode(registered)).hasSizeLessThan(256);
    }

    private static Object decoded(Stored<?> sample) {
        return sample.codec().decode(sample.encode());
    }
}

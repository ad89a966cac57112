package io.rollcall.chaos.mutant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DistortionsTest {

    @Test
    void forwardedCommandsAreDoubledUnderOtherRequestIds() {
        byte[] doubled = Distortions.doubled(batch(command("a", "x"), command("b", "requestId")));

        assertThat(doubled)
                .isEqualTo(batch(
                        command("a", "x"),
                        command("b", "requestId"),
                        command("again-a", "x"),
                        command("again-b", "requestId")));
    }

    @Test
    void commandThatHasNoRequestIdIsNoCommand() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Distortions.doubled(batch("{}")))
                .withMessageContaining("without a request id");
    }

    @Test
    void logIndexIsSetBackAndAllElseStays() {
        byte[] head = head(3, 12_345, 99);

        Distortions.setBack(head);

        assertThat(head).isEqualTo(head(3, 12_000, 99));
    }

    private static byte[] head(long term, long logIndex, long registryIndex) {
        return ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(term)
                .putLong(logIndex)
                .putLong(registryIndex)
                .array();
    }

    private static String command(String requestId, String body) {
        return "{\"type\":\"t\",\"header\":{\"requestId\":\"" + requestId + "\"},\"body\":{\"requestId\":\"" + body
                + "\"}}";
    }

    private static byte[] batch(String... commands) {
        ByteBuffer buffer = ByteBuffer.allocate(4_096).putInt(commands.length);
        for (String command : commands) {
            byte[] bytes = command.getBytes(StandardCharsets.UTF_8);
            buffer.putInt(1).putInt(bytes.length).put(bytes);
        }
        byte[] batch = new byte[buffer.position()];
        buffer.flip().get(batch);
        return batch;
    }
}

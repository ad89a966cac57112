package io.rollcall.bench.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class LeaseMessagesTest {

    @Test
    void writesNumbersAsProtobufDoes() {
        assertThat(LeaseMessages.grant(300, 60)).containsExactly(0x08, 60, 0x10, 0xAC, 0x02);
        assertThat(LeaseMessages.keepAlive(1)).containsExactly(0x08, 1);
        assertThat(LeaseMessages.keepAlive(-1)).hasSize(11);
    }

    @Test
    void findsTheTtlAfterTheHeader() {
        var header = bytes(0x0A, 4, 0x08, 1, 0x10, 2);
        var idAndTtl = bytes(0x10, 0xAC, 0x02, 0x18, 0x80, 0x01);

        assertThat(LeaseMessages.ttlSeconds(concat(header, idAndTtl))).isEqualTo(128);
    }

    @Test
    void aLeaseThatIsGoneHasNoTtl() {
        assertThat(LeaseMessages.ttlSeconds(bytes(0x0A, 0, 0x10, 5))).isZero();
        assertThat(LeaseMessages.ttlSeconds(bytes())).isZero();
    }

    @Test
    void refusesWhatIsNoProtobuf() {
        assertThatThrownBy(() -> LeaseMessages.ttlSeconds(bytes(0x0B, 1))).hasMessageContaining("no protobuf");
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (var i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        var all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}

package io.rollcall.server.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GrpcHealthTest {

    @Test
    void requestIsAFrameWithTheServicesName() {
        assertThat(GrpcHealth.request("")).asHexString().isEqualTo("0000000000");
        assertThat(GrpcHealth.request("ab")).asHexString().isEqualTo("0000000004" + "0A02" + "6162");
        assertThat(GrpcHealth.request("x".repeat(300)))
                .hasSize(5 + 3 + 300)
                .startsWith(0, 0, 0, 1, 0x2f, 0x0a, 0xac, 0x02);
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000, UNKNOWN",
        "00000000020800, UNKNOWN",
        "00000000020801, SERVING",
        "00000000020802, NOT_SERVING",
        "00000000020803, SERVICE_UNKNOWN",
        "00000000020809, serving status 9",
        // Fields that a later version may add are passed over.
        "000000000A1202616218050801" + "1000, SERVING",
    })
    void servingStatusIsRead(String frame, String status) {
        assertThat(GrpcHealth.servingStatus(buffer(frame))).hasValue(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "0100000000",
                "0000000001",
                "000000000108",
                "0000000002080100",
                "0000000002" + "12ff",
                "000000000108",
                "000000000c08ffffffffffffffffffffff",
                "00000000020b00"
            })
    void otherBytesAreNone(String frame) {
        assertThat(GrpcHealth.servingStatus(buffer(frame))).isEmpty();
    }

    private static ByteBuffer buffer(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}

package io.rollcall.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** A cable carries both directions, and ends all of its connections when it is cut. */
final class CableTest {

    @Test
    void carriesUntilItIsCut() throws Exception {
        try (ServerSocket node = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Cable cable = new Cable(URI.create("http://127.0.0.1:" + node.getLocalPort()));
                Socket near = connect(cable);
                Socket far = node.accept()) {
            near.getOutputStream().write(1);
            assertThat(far.getInputStream().read()).isEqualTo(1);
            far.getOutputStream().write(2);
            assertThat(near.getInputStream().read()).isEqualTo(2);

            cable.cut();

            assertThat(readOrEnd(near)).isNegative();
            assertThat(readOrEnd(far)).isNegative();
            assertThat(connectsAndIsHeard(cable)).isFalse();
        }
    }

    /** The kernel may still accept, but nobody carries on. */
    private static boolean connectsAndIsHeard(Cable cable) {
        try (Socket late = connect(cable)) {
            return readOrEnd(late) >= 0;
        } catch (IOException refused) {
            return false;
        }
    }

    private static Socket connect(Cable cable) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), cable.http().getPort());
    }

    /** A connection may end by its end or by a reset. */
    private static int readOrEnd(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (IOException reset) {
            return -1;
        }
    }
}

package io.rollcall.server.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.server.config.CheckSettings;
import io.rollcall.server.config.HostPort;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PinningTest {

    private final FakeResolver resolver = new FakeResolver();

    @Test
    void addressesComeInOneOrderAndKeepTheName() {
        resolver.answer("web", "2001:db8::1", "10.0.0.2", "10.0.0.1")
                .answer("web", "10.0.0.1", "2001:db8::1", "10.0.0.2");
        var pinning = pinning(false);

        var first = pinned(pinning, "web", 80);
        var second = pinned(pinning, "web", 80);

        assertThat(first).isEqualTo(second);
        assertThat(first.addresses())
                .extracting(address -> address.getAddress().getHostAddress())
                .containsExactly("10.0.0.1", "10.0.0.2", "2001:db8:0:0:0:0:0:1");
        assertThat(first.addresses())
                .extracting(InetSocketAddress::getHostString)
                .containsOnly("web");
    }

    @Test
    void oneForbiddenAddressAmongManyRefusesAll() {
        resolver.answer("web", "10.0.0.1", "10.0.0.2", "169.254.169.254");

        assertThat(refused(pinning(false), "web", 80)).isEqualTo("address 169.254.169.254 is forbidden (link-local)");
    }

    @Test
    void nameThatTurnsToAForbiddenAddressIsRefusedFromThenOn() {
        resolver.answer("web", "10.0.0.1").answer("web", "127.0.0.1");
        var pinning = pinning(false);

        assertThat(pinned(pinning, "web", 80).addresses()).hasSize(1);
        assertThat(resolver.questions()).isEqualTo(1);
        assertThat(refused(pinning, "web", 80)).contains("loopback");
    }

    @Test
    void literalIsNeverResolved() {
        assertThat(pinned(pinning(false), "10.0.0.1", 80).addresses()).hasSize(1);
        assertThat(refused(pinning(false), "169.254.1.1", 80)).contains("link-local");
        assertThat(resolver.questions()).isZero();
    }

    @Test
    void unknownNameFails() {
        assertThat(pinning(false).pin("nowhere", 80)).isCompletedExceptionally();
    }

    @Test
    void memberIsFoundByWhateverNameItHas() {
        resolver.answer("node-b", "10.0.0.8").answer("alias", "10.0.0.8");
        var pinning = pinning(false, new HostPort("node-b", 8300), new HostPort("unknown", 8300));

        assertThat(refused(pinning, "alias", 8300))
                .isEqualTo("address 10.0.0.8:8300 is forbidden (a member of this cluster)");
        assertThat(refused(pinning, "10.0.0.8", 8300)).contains("a member");
        assertThat(refused(pinning, "64:ff9b::10.0.0.8", 8300)).contains("a member");
        assertThat(pinned(pinning, "alias", 8301).addresses()).hasSize(1);
    }

    @Test
    void wildcardListenerIsEveryAddressOfThisMachine() {
        var pinning = pinning(true, new HostPort("0.0.0.0", 8500));

        assertThat(refused(pinning, "127.0.0.1", 8500)).contains("a member");
        assertThat(refused(pinning, "127.1.2.3", 8500)).contains("a member");
        assertThat(pinned(pinning, "127.0.0.1", 8501).addresses()).hasSize(1);
    }

    private Pinning pinning(boolean allowLoopback, HostPort... members) {
        var settings = new CheckSettings(allowLoopback, List.of(), List.of(), List.of(), 1, 1);
        return new Pinning(new TargetPolicy(settings, () -> List.of(members)), resolver);
    }

    private static Pin.Pinned pinned(Pinning pinning, String host, int port) {
        return (Pin.Pinned) pinning.pin(host, port).join();
    }

    private static String refused(Pinning pinning, String host, int port) {
        return ((Pin.Refused) pinning.pin(host, port).join()).reason();
    }
}

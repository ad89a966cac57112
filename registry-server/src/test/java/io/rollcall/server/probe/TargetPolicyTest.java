package io.rollcall.server.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.HealthCheck;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.RegistrationRules;
import io.rollcall.api.model.Violations;
import io.rollcall.server.config.AddressRange;
import io.rollcall.server.config.CheckSettings;
import io.rollcall.server.config.HostPort;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetPolicyTest {

    private static final int PORT = 80;

    private final TargetPolicy policy = policy(false, "", "");

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, unspecified",
        "0.1.2.3, unspecified",
        "::, unspecified",
        "0:0:0:0:0:0:0:0, unspecified",
        "127.0.0.1, loopback",
        "127.255.255.254, loopback",
        "::1, loopback",
        "0:0:0:0:0:0:0:1, loopback",
        "localhost, loopback",
        "LocalHost., loopback",
        "a.localhost, loopback",
        "169.254.169.254, link-local",
        "169.254.0.1, link-local",
        "fe80::1, link-local",
        "febf::1, link-local",
        "224.0.0.1, multicast",
        "239.255.255.255, multicast",
        "ff02::1, multicast",
        "255.255.255.255, broadcast",
        "240.0.0.1, reserved",
        "fd00:ec2::254, metadata",
        "fd20:ce::254, metadata",
        "100.100.100.200, metadata",
        "168.63.129.16, metadata",
        "192.0.0.192, metadata",
        "::ffff:10.0.0.1, IPv4-mapped",
        "::ffff:127.0.0.1, IPv4-mapped",
        "::ffff:7f00:1, IPv4-mapped",
        "0:0:0:0:0:ffff:169.254.169.254, IPv4-mapped",
        "::10.0.0.1, IPv4-compatible",
        "::127.0.0.1, IPv4-compatible",
        "64:ff9b::127.0.0.1, 'embeds 127.0.0.1, loopback'",
        "64:ff9b::a9fe:a9fe, 'embeds 169.254.169.254, link-local'",
        "64:ff9b:1::169.254.169.254, 'embeds 169.254.169.254, link-local'",
        "2002:7f00:1::1, 'embeds 127.0.0.1, loopback'",
        "2002:a9fe:a9fe::, 'embeds 169.254.169.254, link-local'",
        "2001:0:7f00:1::, 'embeds 127.0.0.1, loopback'",
        "2001:0:c000:201:0:0:80ff:fffe, 'embeds 127.0.0.1, loopback'",
        "fd00::5efe:127.0.0.1, 'embeds 127.0.0.1, loopback'",
        "fd00::200:5efe:a9fe:a9fe, 'embeds 169.254.169.254, link-local'",
    })
    void forgedTargetIsRefusedAtRegistration(String host, String why) {
        assertThat(policy.refusal(host, PORT))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("is forbidden").contains(why));
        assertThat(policy.refusal(checked(host))).contains(why);
    }

    /** What a resolver of the C library would take for 127.0.0.1 or 169.254.169.254. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "127.1",
                "127.0.1",
                "0177.0.0.1",
                "017700000001",
                "0x7f.0.0.1",
                "0x7f000001",
                "0X7F.1",
                "127.0x0.0.1",
                "2852039166",
                "0xa9fea9fe",
                "0251.0376.0251.0376",
                "127.0.0.1.",
                "127.0.0.1:80",
                "[::1]",
                "fe80::1%1",
                "user@10.0.0.1",
                "10.0.0.1/",
                "10.0.0.1#.example.com",
                "１２７.0.0.1",
                "127。0。0。1",
                "ⓛocalhost",
            })
    void otherSpellingOfAnAddressIsNoHost(String host) {
        var violations = new Violations();

        RegistrationRules.check(checked(host), violations);

        assertThat(violations.list()).anyMatch(violation -> violation.field().equals("host"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "192.168.1.1",
                "203.0.113.7",
                "100.64.0.1",
                "2001:db8::1",
                "fd00::1",
                "64:ff9b::203.0.113.7",
                "2002:cb00:7107::1",
                "example.com",
                "localhost.example.com",
                "notlocalhost",
            })
    void otherTargetsMayBeChecked(String host) {
        assertThat(policy.refusal(host, PORT)).isEmpty();
    }

    @Test
    void registrationWithoutACheckIsNobodysTarget() {
        var registration = Registration.builder(InstanceKey.of("default", "orders", "o-1"))
                .address("169.254.169.254", PORT)
                .build();

        assertThat(policy.refusal(registration)).isNull();
    }

    @Test
    void loopbackCanBeAllowedButNotInDisguise() {
        var lenient = policy(true, "", "");

        assertThat(Stream.of("127.0.0.1", "127.9.9.9", "::1", "localhost"))
                .allMatch(host -> lenient.refusal(host, PORT).isEmpty());
        assertThat(Stream.of("::ffff:127.0.0.1", "::127.0.0.1", "2002:7f00:1::", "64:ff9b::127.0.0.1", "169.254.1.1"))
                .allMatch(host -> lenient.refusal(host, PORT).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.1, true",
        "10.2.0.1, false",
        "10.1.2.3, false",
        "192.168.0.1, false",
        "2001:db8::1, true",
        "2001:db9::1, false",
    })
    void denyBeatsAllow(String host, boolean allowed) {
        var strict = policy(true, "10.1.0.0/16,2001:db8::/32", "10.1.2.0/24");

        assertThat(strict.refusal(host, PORT).isEmpty()).isEqualTo(allowed);
    }

    @Test
    void denyReachesIntoOtherForms() {
        var strict = policy(false, "", "10.0.0.0/8");

        assertThat(strict.refusal("64:ff9b::10.0.0.1", PORT))
                .hasValueSatisfying(reason -> assertThat(reason).contains("embeds 10.0.0.1, in checks.deny"));
    }

    @Test
    void whatNeverMayBeCheckedCannotBeAllowed() throws Exception {
        var greedy = policy(true, "0.0.0.0/0,::/0", "");

        for (var host : List.of("169.254.169.254", "0.0.0.0", "224.0.0.1", "fe80::1", "::", "::ffff:10.0.0.1")) {
            assertThat(greedy.refusal(host, PORT)).as(host).isPresent();
        }
        assertThat(greedy.refusal(InetAddress.getByName("169.254.169.254"))).isPresent();
    }

    @Test
    void membersOfTheClusterAreRefusedByNameAndAddress() {
        var own = new TargetPolicy(
                settings(true, "", ""), () -> List.of(new HostPort("10.0.0.7", 8300), new HostPort("node-b", 8500)));

        assertThat(own.refusal("10.0.0.7", 8300))
                .hasValue("address 10.0.0.7:8300 is forbidden (a member of this cluster)");
        assertThat(own.refusal("Node-B.", 8500)).isPresent();
        assertThat(own.refusal("10.0.0.7", 8301)).isEmpty();
        assertThat(own.refusal("node-b", 8300)).isEmpty();
    }

    private static TargetPolicy policy(boolean allowLoopback, String allow, String deny) {
        return new TargetPolicy(settings(allowLoopback, allow, deny), List::of);
    }

    private static CheckSettings settings(boolean allowLoopback, String allow, String deny) {
        return new CheckSettings(allowLoopback, ranges(allow), ranges(deny), List.of(), 1, 1);
    }

    private static List<AddressRange> ranges(String text) {
        return Stream.of(text.split(","))
                .filter(part -> !part.isEmpty())
                .map(AddressRange::parse)
                .toList();
    }

    private static Registration checked(String host) {
        return Registration.builder(InstanceKey.of("default", "orders", "o-1"))
                .address(host, PORT)
                .healthCheck(HealthCheck.of(CheckType.HTTP, "/"))
                .build();
    }
}

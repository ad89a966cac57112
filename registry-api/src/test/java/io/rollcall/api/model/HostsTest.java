package io.rollcall.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostsTest {

    private static final String LABEL_63 = "a".repeat(63);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "localhost",
                "orders-7.prod.example.com",
                "orders.prod.example.com.",
                "docker_compose_web_1",
                "_srv.example.com",
                "3com.example",
                "1.2.3.a",
                "0xcafe.example",
                "0x7g",
                "xn--bcher-kva.example",
                "UPPER.Example",
                "10.0.0.1",
                "0.0.0.0",
                "255.255.255.255",
            })
    void namesAndIpv4LiteralsAreHosts(String host) {
        assertThat(Hosts.isValid(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "2001:db8::1",
                "2001:DB8:0:0:8:800:200C:417A",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "1::3:4:5:6:7:8",
                "fe80::1:0:0",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::192.0.2.33",
                "1:2:3:4:5:6:10.0.0.1",
                "1:2:3:4:5::10.0.0.1",
            })
    void ipv6LiteralsAreHosts(String host) {
        assertThat(Hosts.isValid(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a..b",
                ".a",
                "-a",
                "a-",
                "a.-b",
                "a b",
                " a",
                "a\n",
                "a/b",
                "a:80",
                "http://a",
                "user@a",
                "bücher.example",
                "a\u0000",
                "1",
                "1.2.3",
                "1.2.3.4.",
                "1.2.3.4.5",
                "256.0.0.1",
                "1.2.3.1000",
                "01.2.3.4",
                "1..2.3",
                "0x7f.0.0.1",
                "0X7f000001",
                "127.0x1",
                "0x",
                "10.0.0.1:80",
                "٣.0.0.1",
            })
    void otherTextsAreNotHosts(String host) {
        assertThat(Hosts.isValid(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":",
                ":::",
                "1:::2",
                "1::2::3",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4::5:6:7:8",
                "12345::",
                "g::",
                "[::1]",
                "fe80::1%eth0",
                "::1/128",
                "::1.2.3",
                "::1.2.3.256",
                "1.2.3.4::",
                "1:2:3:4:5:6:7:1.2.3.4",
                ":1.2.3.4",
                "1:2:3:4:5:6::1.2.3.4",
                "::1.2.3.4:5",
            })
    void brokenIpv6LiteralsAreNotHosts(String host) {
        assertThat(Hosts.isValid(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {253, 254})
    void nameIsBoundAt253Characters(int length) {
        String host = (LABEL_63 + ".").repeat(3) + "b".repeat(length - 3 * 64);

        assertThat(Hosts.isValid(host)).isEqualTo(length <= 253);
    }

    @ParameterizedTest
    @ValueSource(ints = {63, 64})
    void labelIsBoundAt63Characters(int length) {
        assertThat(Hosts.isValid("a".repeat(length) + ".example")).isEqualTo(length <= 63);
    }
}

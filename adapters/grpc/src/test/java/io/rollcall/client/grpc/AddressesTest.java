package io.rollcall.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AddressesTest {

    @Test
    void instanceIsAGroupWithItsAttributes() throws Exception {
        var far = Samples.instance(
                "far", with -> with.address("10.1.2.3", 9001).weight(7).zone("eu"));
        var near = Samples.instance("near", with -> with.address("::1", 9002));

        var groups = Addresses.of(List.of(far, near));

        assertThat(groups).hasSize(2);
        assertThat(groups.get(0).getAddresses()).containsExactly(socket("10.1.2.3", 9001));
        assertThat(groups.get(1).getAddresses()).containsExactly(socket("::1", 9002));
        var attributes = groups.get(0).getAttributes();
        assertThat(attributes.get(RollcallAttributes.INSTANCE_ID)).isEqualTo("far");
        assertThat(attributes.get(RollcallAttributes.WEIGHT)).isEqualTo(7);
        assertThat(attributes.get(RollcallAttributes.ZONE)).isEqualTo("eu");
        assertThat(attributes.get(RollcallAttributes.HEALTHY_SINCE)).isEqualTo(Samples.HEALTHY_SINCE);
        assertThat(groups.get(1).getAttributes().get(RollcallAttributes.ZONE)).isNull();
    }

    @Test
    void onlyNamesAreAskedFor() {
        var four = Samples.instance("four", with -> with.address("10.1.2.3", 9001));
        var six = Samples.instance("six", with -> with.address("fe80::1", 9001));
        var name = Samples.instance("name", with -> with.address("db-1.example", 9001));

        assertThat(Addresses.hasNames(List.of(four, six))).isFalse();
        assertThat(Addresses.hasNames(List.of(four, name))).isTrue();
    }

    @Test
    void instanceWhoseNameHasNoAddressIsLeftOut() {
        var lost = Samples.instance("lost", with -> with.address("nowhere.invalid", 9001));
        var here = Samples.instance("here", with -> with.address("localhost", 9002));

        var groups = Addresses.of(List.of(lost, here));

        assertThat(groups)
                .singleElement()
                .satisfies(group -> assertThat(group.getAddresses())
                        .isNotEmpty()
                        .allMatch(address -> ((InetSocketAddress) address).getPort() == 9002
                                && !((InetSocketAddress) address).isUnresolved()));
    }

    private static InetSocketAddress socket(String literal, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getAllByName(literal)[0], port);
    }
}

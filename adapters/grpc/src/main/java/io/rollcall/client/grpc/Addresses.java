package io.rollcall.client.grpc;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.Registration;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where instances are reached. */
final class Addresses {

    private static final Logger LOG = LoggerFactory.getLogger(Addresses.class);

    // The registry lets no name pass whose last part is a number, unless it is an IPv4 address.
    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

    private Addresses() {}

    /** Whether the resolver of names has to be asked, which may take its time. */
    static boolean hasNames(List<Instance> instances) {
        return instances.stream()
                .anyMatch(instance -> !isLiteral(instance.registration().host()));
    }

    private static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    /** One group an instance, in their order; none of an instance whose name has no address now. */
    static List<EquivalentAddressGroup> of(List<Instance> instances) {
        List<EquivalentAddressGroup> groups = new ArrayList<>();
        for (Instance instance : instances) {
            Registration registration = instance.registration();
            try {
                // The transport takes no names. A literal asks nobody.
                InetAddress[] hosts = InetAddress.getAllByName(registration.host());
                List<SocketAddress> addresses = new ArrayList<>();
                for (InetAddress host : hosts) {
                    addresses.add(new InetSocketAddress(host, registration.port()));
                }
                groups.add(new EquivalentAddressGroup(addresses, attributes(instance)));
            } catch (UnknownHostException e) {
                LOG.atWarn()
                        .addKeyValue("instance", instance.key())
                        .addKeyValue("host", registration.host())
                        .log("the host of an instance has no address: it is left out");
            }
        }
        return List.copyOf(groups);
    }

    private static Attributes attributes(Instance instance) {
        Registration registration = instance.registration();
        Attributes.Builder attributes = Attributes.newBuilder()
                .set(RollcallAttributes.INSTANCE_ID, registration.key().id().value())
                .set(RollcallAttributes.WEIGHT, registration.weight());
        if (!registration.zone().isEmpty()) {
            attributes.set(RollcallAttributes.ZONE, registration.zone());
        }
        Instant healthySince = instance.healthySince();
        if (healthySince != null) {
            attributes.set(RollcallAttributes.HEALTHY_SINCE, healthySince);
        }
        return attributes.build();
    }
}

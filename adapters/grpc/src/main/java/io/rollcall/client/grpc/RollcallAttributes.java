package io.rollcall.client.grpc;

import io.grpc.Attributes;
import io.rollcall.client.directory.ServiceView;
import java.time.Instant;

/**
 * What a load balancing policy can read of an instance: attributes of its {@code EquivalentAddressGroup}, and one of the
 * whole result.
 */
public final class RollcallAttributes {

    /** The instance's id. Always there. */
    public static final Attributes.Key<String> INSTANCE_ID = Attributes.Key.create("io.rollcall.instance-id");

    /** Its share of new calls, 1 to 65535. Always there; an instance of weight 0 is not among the addresses. */
    public static final Attributes.Key<Integer> WEIGHT = Attributes.Key.create("io.rollcall.weight");

    /** Its zone. Not there if it has none. */
    public static final Attributes.Key<String> ZONE = Attributes.Key.create("io.rollcall.zone");

    /** Since when it takes traffic without a break, by the registry's clock. Not there if the registry does not say. */
    public static final Attributes.Key<Instant> HEALTHY_SINCE = Attributes.Key.create("io.rollcall.healthy-since");

    /**
     * Of the result: what is known of the service, with its age. Its text is in the status of a call that fails since
     * there is no address.
     */
    public static final Attributes.Key<ServiceView> VIEW = Attributes.Key.create("io.rollcall.view");

    private RollcallAttributes() {}
}

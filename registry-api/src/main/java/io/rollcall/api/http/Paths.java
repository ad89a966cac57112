package io.rollcall.api.http;

/** The paths of the native interface. */
public final class Paths {

    /** What all native paths begin with. */
    public static final String BASE = "/api/v1";

    /** All services. */
    public static final String SERVICES = BASE + "/services";

    /** One service; discovery. */
    public static final String SERVICE = SERVICES + "/{name}";

    /** What happened to the instances of one service. */
    public static final String SERVICE_HISTORY = SERVICE + "/history";

    /** The instances of one service. */
    public static final String SERVICE_INSTANCES = SERVICE + "/instances";

    /** One instance. */
    public static final String INSTANCE = SERVICE_INSTANCES + "/{id}";

    /** The operator's word on one instance. */
    public static final String INSTANCE_STATUS = INSTANCE + "/status";

    /** The sign of life of one instance. */
    public static final String INSTANCE_HEARTBEAT = INSTANCE + "/heartbeat";

    /** Taking one instance out of traffic. */
    public static final String INSTANCE_DRAIN = INSTANCE + "/drain";

    /** Batch registration. */
    public static final String REGISTRATIONS = BASE + "/registrations";

    /** The signs of life of many instances. */
    public static final String HEARTBEATS = BASE + "/heartbeats";

    /** All instances. */
    public static final String INSTANCES = BASE + "/instances";

    /** Counts. */
    public static final String STATS = BASE + "/stats";

    /** The cluster as the answering node knows it. */
    public static final String CLUSTER = BASE + "/cluster";

    /** The answering node's state hash. */
    public static final String CLUSTER_DIGEST = CLUSTER + "/digest";

    /** What the leader's expiry governor holds back. */
    public static final String CLUSTER_EXPIRY = CLUSTER + "/expiry";

    /** Letting go what the expiry governor holds back. */
    public static final String CLUSTER_EXPIRY_RELEASE = CLUSTER_EXPIRY + "/release";

    /** The contract as served. */
    public static final String OPENAPI = BASE + "/openapi.json";

    /** The process is alive. */
    public static final String LIVEZ = "/livez";

    /** The node may serve. */
    public static final String READYZ = "/readyz";

    private Paths() {}
}

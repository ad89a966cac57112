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

    /** Why discovery returns an instance of one service or does not. */
    public static final String SERVICE_EXPLAIN = SERVICE + "/explain";

    /** Who follows one service. */
    public static final String SERVICE_SUBSCRIBERS = SERVICE + "/subscribers";

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

    /** A stream of what becomes of services. */
    public static final String WATCH = BASE + "/watch";

    /** How far the reader of one stream is. */
    public static final String WATCH_SUBSCRIPTION = WATCH + "/{subscription}";

    /** Counts. */
    public static final String STATS = BASE + "/stats";

    /** The configuration keys. */
    public static final String CONFIG = BASE + "/config";

    /** One configuration key; it takes slashes. */
    public static final String CONFIG_KEY = CONFIG + "/{key}";

    /** The cluster as the answering node knows it. */
    public static final String CLUSTER = BASE + "/cluster";

    /** The answering node's state hash. */
    public static final String CLUSTER_DIGEST = CLUSTER + "/digest";

    /** What the answering node does for those who follow. */
    public static final String CLUSTER_WATCH = CLUSTER + "/watch";

    /** What the leader's expiry governor holds back. */
    public static final String CLUSTER_EXPIRY = CLUSTER + "/expiry";

    /** Letting go what the expiry governor holds back. */
    public static final String CLUSTER_EXPIRY_RELEASE = CLUSTER_EXPIRY + "/release";

    /** The keys that secrets are sealed with. */
    public static final String KEYS = BASE + "/keys";

    /** Having a new key seal from now on. */
    public static final String KEYS_ROTATE = KEYS + "/rotate";
    /** The tokens. */
    public static final String ACL_TOKENS = BASE + "/acl/tokens";

    /** One token. */
    public static final String ACL_TOKEN = ACL_TOKENS + "/{id}";

    /** Having another token in the place of one. */
    public static final String ACL_TOKEN_ROTATE = ACL_TOKEN + "/rotate";

    /** The policies. */
    public static final String ACL_POLICIES = BASE + "/acl/policies";

    /** One policy. */
    public static final String ACL_POLICY = ACL_POLICIES + "/{name}";

    /** The contract as served. */
    public static final String OPENAPI = BASE + "/openapi.json";

    /** What the node logs of. */
    public static final String LOG_LEVEL = BASE + "/log-level";

    /** What the node measures. */
    public static final String METRICS = "/metrics";

    /** The process is alive. */
    public static final String LIVEZ = "/livez";

    /** The node may serve. */
    public static final String READYZ = "/readyz";

    private Paths() {}
}

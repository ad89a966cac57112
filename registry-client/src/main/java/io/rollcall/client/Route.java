package io.rollcall.client;

import io.rollcall.api.http.Paths;
import java.util.Locale;

/** What can be asked of a registry: the method and the path's template of each call, and its name in telemetry. */
enum Route {
    REGISTER("PUT", Paths.INSTANCE),
    REGISTER_NEW("POST", Paths.SERVICE_INSTANCES),
    REGISTER_ALL("POST", Paths.REGISTRATIONS),
    DEREGISTER("DELETE", Paths.INSTANCE),
    DEREGISTER_ALL("DELETE", Paths.SERVICE_INSTANCES),
    HEARTBEAT("PUT", Paths.INSTANCE_HEARTBEAT),
    HEARTBEATS("POST", Paths.HEARTBEATS),
    SET_STATUS("PUT", Paths.INSTANCE_STATUS),
    CLEAR_STATUS("DELETE", Paths.INSTANCE_STATUS),
    DRAIN("POST", Paths.INSTANCE_DRAIN),
    DISCOVER("GET", Paths.SERVICE),
    SERVICES("GET", Paths.SERVICES),
    INSTANCES("GET", Paths.INSTANCES),
    INSTANCE("GET", Paths.INSTANCE),
    HISTORY("GET", Paths.SERVICE_HISTORY),
    EXPLAIN("GET", Paths.SERVICE_EXPLAIN),
    SUBSCRIBERS("GET", Paths.SERVICE_SUBSCRIBERS),
    STATS("GET", Paths.STATS),
    CLUSTER("GET", Paths.CLUSTER),
    EXPIRY("GET", Paths.CLUSTER_EXPIRY),
    RELEASE_EXPIRY("POST", Paths.CLUSTER_EXPIRY_RELEASE),
    KEYS("GET", Paths.KEYS),
    ROTATE_KEYS("POST", Paths.KEYS_ROTATE),
    LOG_LEVELS("GET", Paths.LOG_LEVEL),
    SET_LOG_LEVEL("PUT", Paths.LOG_LEVEL),
    ACKNOWLEDGE("PUT", Paths.WATCH_SUBSCRIPTION),
    CONFIG_GET("GET", Paths.CONFIG_KEY),
    CONFIG_HISTORY("GET", Paths.CONFIG_KEY),
    CONFIG_LIST("GET", Paths.CONFIG),
    CONFIG_AWAIT("GET", Paths.CONFIG),
    CONFIG_PUT("PUT", Paths.CONFIG_KEY),
    CONFIG_DELETE("DELETE", Paths.CONFIG_KEY),
    CONFIG_ROLLBACK("POST", Paths.CONFIG_KEY),
    TOKENS("GET", Paths.ACL_TOKENS),
    TOKEN("GET", Paths.ACL_TOKEN),
    TOKEN_CREATE("POST", Paths.ACL_TOKENS),
    TOKEN_CHANGE("PUT", Paths.ACL_TOKEN),
    TOKEN_ROTATE("POST", Paths.ACL_TOKEN_ROTATE),
    TOKEN_DELETE("DELETE", Paths.ACL_TOKEN),
    POLICIES("GET", Paths.ACL_POLICIES),
    POLICY("GET", Paths.ACL_POLICY),
    POLICY_PUT("PUT", Paths.ACL_POLICY),
    POLICY_DELETE("DELETE", Paths.ACL_POLICY);

    private final String method;
    private final String template;
    private final String operation;

    Route(String method, String template) {
        this.method = method;
        this.template = template;
        this.operation = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String method() {
        return method;
    }

    /** The path with its variables in braces: of it there are few, so that it may be a label. */
    String template() {
        return template;
    }

    /** Kebab-case. */
    String operation() {
        return operation;
    }
}

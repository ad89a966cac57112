package io.rollcall.api.http;

/** The header names of the interface. */
public final class Headers {

    /** This query's version; on a write's answer, the index of the change. */
    public static final String INDEX = "Registry-Index";

    /** The registry index that the answering node had applied. */
    public static final String APPLIED = "Registry-Applied";

    /** Milliseconds since the answering node knew itself current. */
    public static final String DATA_AGE = "Registry-Data-Age";

    /** The id of the answering node. */
    public static final String NODE = "Registry-Node";

    /** How the answer was read: {@code stale} or {@code linearizable}. */
    public static final String CONSISTENCY = "Registry-Consistency";

    /** The name of a stream of changes. */
    public static final String SUBSCRIPTION = "Registry-Subscription";

    /** The name that the registry shows for who watches or waits; 1 to 128 printable characters. */
    public static final String SUBSCRIBER = "Registry-Subscriber";

    /** The request id: a repetition gets the first answer. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Which version of its key a configuration value is. */
    public static final String CONFIG_VERSION = "Registry-Config-Version";

    /** How many services or keys a stream does not tell of, because its reader may not read them. */
    public static final String HIDDEN = "Registry-Hidden";

    private Headers() {}
}

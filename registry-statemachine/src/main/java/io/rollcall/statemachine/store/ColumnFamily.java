package io.rollcall.statemachine.store;

import java.nio.charset.StandardCharsets;

/**
 * The tables of the store. Ids and names are never reused, also not after a table went: the state hash holds the ids,
 * old snapshots the names.
 */
enum ColumnFamily {
    /** What the store knows of itself: its format and how far it has come. */
    META(0, "default", false),
    /** Instances by namespace, service and id. */
    INSTANCES(1, "instances", true),
    /** Tombstones by namespace, service and id. */
    TOMBSTONES(2, "tombstones", true),
    /** Keys of tombstones by the time of the removal. */
    TOMBSTONE_TIMES(3, "tombstone-times", false),
    /** Services by namespace and name. */
    SERVICES(4, "services", true),
    /** Requests by their id. */
    REQUESTS(5, "requests", true),
    /** Ids of requests by the time at which they were applied. */
    REQUEST_TIMES(6, "request-times", false),
    /** The one record of the cluster. */
    CLUSTER(7, "cluster", true),
    /** How leases stood, by namespace, service and id of their instances. */
    LEASES(8, "leases", true),
    /** Events of the history by namespace, service and registry index. */
    EVENTS(9, "events", true),
    /** Times, sizes and keys of events by registry index, over all services. */
    EVENT_ORDER(10, "event-order", false),
    /** The one record of how much of the history is kept. */
    HISTORY(11, "history", true),
    /** The newest versions of configuration keys, by namespace and path. */
    CONFIG(12, "config", true),
    /** All versions of configuration keys that are kept, by namespace, path and version. */
    CONFIG_VERSIONS(13, "config-versions", true),
    /** Their values, by the same keys: apart, so that a list of versions reads none of them. */
    CONFIG_VALUES(14, "config-values", true),
    /** The one record of what the configuration takes in all. */
    CONFIG_TOTALS(15, "config-totals", true),
    /** What is left of forgotten configuration keys, by namespace. */
    CONFIG_FLOORS(16, "config-floors", true),
    /** Policies by name. */
    POLICIES(17, "policies", true),
    /** Tokens by id. */
    TOKENS(18, "tokens", true),
    /** The one record of the keys that secrets are sealed with. */
    KEYSET(20, "keyset", true);

    private final int id;
    private final String familyName;
    private final boolean hashed;

    ColumnFamily(int id, String familyName, boolean hashed) {
        this.id = id;
        this.familyName = familyName;
        this.hashed = hashed;
    }

    int id() {
        return id;
    }

    String familyName() {
        return familyName;
    }

    byte[] nameBytes() {
        return familyName.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether its entries count in the state hash; what only repeats others, or is this node's own, does not. */
    boolean isHashed() {
        return hashed;
    }
}

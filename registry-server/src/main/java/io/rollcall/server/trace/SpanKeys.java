package io.rollcall.server.trace;

/** The attributes of a node's own spans; those of HTTP have the names of the semantic conventions. */
public final class SpanKeys {

    /** What was read or written. */
    public static final String NAMESPACE = "rollcall.namespace";

    public static final String SERVICE_NAME = "rollcall.service.name";
    public static final String SERVICE_VERSION = "rollcall.service.version";
    public static final String SERVICE_PROTOCOL = "rollcall.service.protocol";
    public static final String INSTANCE_ID = "rollcall.instance.id";
    public static final String CONFIG_KEY = "rollcall.config.key";

    /** Registry index. */
    public static final String INDEX = "rollcall.index";

    /** Raft term, and Raft index of the entry. */
    public static final String TERM = "rollcall.term";

    public static final String LOG_INDEX = "rollcall.log.index";

    /** What kind of command, and how many commands its entry has. */
    public static final String COMMAND = "rollcall.command";

    public static final String ENTRY_COMMANDS = "rollcall.entry.commands";

    /** How many instances, where it is about many. */
    public static final String INSTANCES = "rollcall.instances";

    /** What something came to. */
    public static final String OUTCOME = "rollcall.outcome";

    /** The code of the problem that a request was answered with. */
    public static final String PROBLEM = "rollcall.problem.code";

    /** How many streams and waiting reads were woken, and by how many changes. */
    public static final String WATCHERS = "rollcall.watchers";

    public static final String CHANGES = "rollcall.changes";

    /** Member of the cluster. */
    public static final String LEADER = "rollcall.leader";

    /** How many members said that they told of the canary, and how many did not. */
    public static final String TOLD = "rollcall.canary.told";

    public static final String MISSED = "rollcall.canary.missed";

    /** How a read was answered. */
    public static final String CONSISTENCY = "rollcall.consistency";

    /** Which stream. */
    public static final String SUBSCRIPTION = "rollcall.subscription";

    /** Which health check, and what it found. */
    public static final String CHECK = "rollcall.check.type";

    /** How many verdicts one command holds, and how many of them the rules took. */
    public static final String VERDICTS = "rollcall.verdicts";

    public static final String VERDICTS_TAKEN = "rollcall.verdicts.taken";

    /** What kind of error; set only where the span's status is an error. */
    public static final String ERROR_TYPE = "error.type";

    private SpanKeys() {}
}

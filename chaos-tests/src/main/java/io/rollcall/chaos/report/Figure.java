package io.rollcall.chaos.report;

/** What is counted in a run. Those that must be zero make a run fail if they are not; each names its invariant. */
public enum Figure {
    /** Operations that were answered as done, reads included. */
    ACKNOWLEDGED("acknowledged operations", false),
    /** Writes among them. */
    ACKNOWLEDGED_WRITES("acknowledged writes", false),
    /** Writes of which nobody knows. */
    UNKNOWN("writes of unknown outcome", false),
    /** Operations that were answered as not done. */
    NOT_DONE("refused operations", false),
    /** Acknowledged writes that a node did not show. */
    LOST("acknowledged writes lost", true),
    /** Requests that were applied twice. */
    DOUBLED("writes applied twice", true),
    /** Writes that were answered as not done, and yet were. */
    DISHONEST("refused writes that happened", true),
    /** Histories of one key that were checked for linearizability. */
    KEYS_CHECKED("keys checked for linearizability", false),
    /** Operations in them. */
    OPERATIONS_CHECKED("operations in them", false),
    /** Histories that the search gave up. */
    KEYS_UNDECIDED("keys undecided", false),
    /** Histories that no order explains: stale reads among them. */
    KEYS_NOT_LINEARIZABLE("keys not linearizable", true),
    /** Writes whose indexes were held against real time. */
    INDEX_ORDER_CHECKED("indexes checked for order", false),
    /** Indexes given twice, or against real time. */
    INDEX_ORDER_VIOLATIONS("indexes out of order", true),
    /** Reads that were compared with the state at their index. */
    READS_AT_INDEX_CHECKED("reads compared at their index", false),
    /** Reads that showed what was not so at their index. */
    READS_AT_INDEX_WRONG("reads wrong at their index", true),
    /** Answers whose session could be followed. */
    SESSION_ANSWERS("answers followed in sessions", false),
    /** Answers that went back behind what their session had seen on that node, or had asked for. */
    SESSION_REGRESSIONS("sessions that went back", true),
    /** State hashes that were compared. */
    HASHES_COMPARED("state hashes compared", false),
    /** Hashes that differed at the same index. */
    HASH_MISMATCHES("state hashes different", true),
    /** Repetitions of acknowledged requests. */
    REPETITIONS("requests repeated", false),
    /** Changes of the leader that the driver saw. */
    LEADER_CHANGES("leader changes", false),
    /** Broken builds that were tried. */
    MUTATIONS("broken builds tried", false),
    /** Broken builds that the suite found. */
    MUTATIONS_CAUGHT("broken builds caught", false),
    /** Damaged files that a node was started on. */
    DAMAGES("damaged files", false),
    /** Damages that the node noticed or survived without a wrong answer. */
    DAMAGES_HANDLED("damaged files noticed or mended", false),
    /** Damages with which the node came up, with the right state. */
    DAMAGES_MENDED("damaged files mended or without effect", false),
    /** Damages with which the node did not start, and said so. */
    DAMAGES_REFUSED("damaged files refused", false),
    /** Signs of life that were acknowledged, one an instance. */
    BEATS("heartbeats acknowledged", false),
    /** Instances that were given up although their lease, by an acknowledged beat, ran on. */
    HEALTHY_EXPIRED("beating instances that left passing", true),
    /** Instances that were given up while they tried to beat, and nobody acknowledged it. */
    UNHEARD_EXPIRED("instances that expired with their beats unheard", false),
    /** Silences that lasted until every node had to have given the instance up. */
    SILENCES("silent instances watched", false),
    /** Nodes that still showed one of them as well. */
    SILENT_SHOWN("silent instances shown for too long", true),
    /** Instances that were given up or removed. */
    EXPIRIES("instances that left passing", false),
    /** Instances that came back without a sign of life. */
    RESURRECTED("instances that came back by themselves", true),
    /** Beats that were refused. */
    BEATS_REFUSED("heartbeats refused", false),
    /** Beats that were acknowledged or refused against what is registered. */
    BEATS_ANSWERED_WRONG("heartbeats answered wrongly", true),
    /** Changes of status by checks that were held against what the target had answered. */
    VERDICTS("verdicts of checks", false),
    /** Verdicts that the leader had not seen enough for. */
    VERDICTS_UNFOUNDED("verdicts without enough own observations", true),
    /** Instances that the expiry governor held. */
    SUSPECTS("instances held as suspect", false),
    /** Verdicts of leaders of the past that were ignored, as far as the nodes still know. */
    FENCED("verdicts fenced off", false),
    /** Watchers whose streams were checked. */
    WATCHERS("watchers", false),
    /** Events that they were told. */
    WATCH_EVENTS("watch events checked", false),
    /** Reads that waited for a change, each compared with the state at its index. */
    BLOCKING_READS("blocking reads checked", false),
    /** Changes that do not begin where the event before ended. */
    WATCH_GAPS("gaps in watches", true),
    /** Changes, or instances in them, that had been told before. */
    WATCH_DUPLICATES("watch events told twice", true),
    /** Changes that were promised as told, or never told. */
    WATCH_MISSED("changes that a watcher missed", true),
    /** States that are put together otherwise than they were registered at that index. */
    WATCH_WRONG("watched states wrong at their index", true),
    /** Ids or versions that fell. */
    WATCH_WENT_BACK("watches that went back", true),
    /** Events whose id is not what they say. */
    WATCH_IDS_WRONG("watch ids that contradict their event", true),
    /** Events, or ends of blocking reads, without a change. */
    WATCH_USELESS("useless wake-ups", true),
    /** Changes that no subscriber of another service must be woken by. */
    UNRELATED_CHANGES("changes of other services", false),
    /** Streams that went on after an id. */
    WATCH_RESUMES("watches resumed", false),
    /** Services that they went on with, each by each. */
    WATCH_SERVICES_RESUMED("services resumed in them", false),
    /** Services among them that began anew. */
    WATCH_RESUMES_BY_SNAPSHOT("services resumed by a snapshot", false),
    /** Services that began anew within a stream. */
    WATCH_RESTARTS("services begun anew within a stream", false),
    /** Events that a resumed stream repeats; what they say is not compared, since a later state is known already. */
    WATCH_REPEATED("watch events repeated after a resume, not compared", false),
    /** Streams that a node ended since their reader was too slow. */
    SLOW_READERS_DROPPED("slow readers dropped", false),
    /** Times that a consumer looked into its directory. */
    LOOKUPS("lookups in directories", false),
    /** Those that found nobody. */
    LOOKUPS_EMPTY("lookups that found nobody", true),
    /** Calls that consumers made by a balancer, retries in them not counted. */
    CALLS("balanced calls", false),
    /** Those that failed in the end. */
    CALLS_FAILED("balanced calls that failed", true),
    /** Tries of them, each at one instance. */
    TRIES("tries of balanced calls", false),
    /** Those that did not land on a living instance, when that had to be known. */
    TRIES_ASTRAY("tries at those who had to be known as gone, or that served and did not answer", true),
    /** Those that failed at an instance that had died a moment before. */
    TRIES_FAILED("tries that failed within the detection time", false),
    /** Answers of nodes, each held against one registration. */
    REGISTRATION_LOOKS("looks of nodes at registrations", false),
    /** Registrations of living providers that a node did not show as passing. */
    REGISTRATIONS_LOST("registrations of the living lost", true),
    /** Moments at which, by the registry's history, an instance was passing no more. */
    WITHDRAWALS("withdrawals in the registry's history", false),
    /** Leases that were over, as far as the provider knew. */
    LEASES_LOST("leases that providers took for lost", false),
    /** Those that were over while a leader led all the time. */
    LEASES_LOST_ALONE("leases lost without a change of the leader", true),
    /** Registrations that the registry did not know any more. */
    REREGISTRATIONS("registrations repeated by providers", false),
    /** Instances that left in order. */
    DEPARTURES("instances that left in order", false),
    /** Instances that died without a word. */
    DEATHS("instances that died without a word", false);

    private final String label;
    private final boolean mustBeZero;

    Figure(String label, boolean mustBeZero) {
        this.label = label;
        this.mustBeZero = mustBeZero;
    }

    /**
     * Returns what people read.
     *
     * @return in lower case, plural
     */
    public String label() {
        return label;
    }

    /**
     * Tells whether it counts violations.
     *
     * @return true if anything but zero is a failure
     */
    public boolean mustBeZero() {
        return mustBeZero;
    }
}

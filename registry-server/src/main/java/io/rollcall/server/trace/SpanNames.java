package io.rollcall.server.trace;

import io.rollcall.server.trace.SpanName.Kind;
import java.util.List;

/** All spans of a node; docs/telemetry.md says of each when there is one. */
public final class SpanNames {

    /** A request is answered; its own name is {@code METHOD route}. */
    public static final SpanName REQUEST = new SpanName("METHOD route", Kind.SERVER);

    /** The body of a write is read and checked. */
    public static final SpanName VALIDATE = new SpanName("rollcall.validate", Kind.INTERNAL);

    /** A command is on its way into the log and back. */
    public static final SpanName PROPOSE = new SpanName("rollcall.propose", Kind.INTERNAL);

    /** An entry is on its way to a majority. */
    public static final SpanName COMMIT = new SpanName("rollcall.raft.commit", Kind.INTERNAL);

    /** An entry is applied on one replica. */
    public static final SpanName APPLY = new SpanName("rollcall.apply", Kind.INTERNAL);

    /** Those who watch a service are told what changed. */
    public static final SpanName NOTIFY = new SpanName("rollcall.watch.notify", Kind.PRODUCER);

    /** A read waits until this node is as current as it demands. */
    public static final SpanName BARRIER = new SpanName("rollcall.read.barrier", Kind.INTERNAL);

    /** The cluster is without a leader that this member knows. */
    public static final SpanName ELECTION = new SpanName("rollcall.election", Kind.INTERNAL);

    /** The leader looks after the health of an instance. */
    public static final SpanName CHECK = new SpanName("rollcall.health.check", Kind.CLIENT);

    /** The leader decides that an instance's lease is over, or that its health has changed. */
    public static final SpanName VERDICT = new SpanName("rollcall.verdict", Kind.INTERNAL);

    /** The leader registers its canary, and all members say when they told of it. */
    public static final SpanName CANARY = new SpanName("rollcall.canary", Kind.INTERNAL);

    /** Every one of them. */
    public static final List<SpanName> ALL =
            List.of(REQUEST, VALIDATE, PROPOSE, COMMIT, APPLY, NOTIFY, BARRIER, ELECTION, CHECK, VERDICT, CANARY);

    /** Those that are told whatever ratio of all is sampled, since they are few and each counts. */
    public static final List<SpanName> ALWAYS = List.of(ELECTION, CANARY);

    private SpanNames() {}
}

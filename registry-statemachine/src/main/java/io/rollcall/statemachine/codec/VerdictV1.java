package io.rollcall.statemachine.codec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.rollcall.statemachine.command.Verdict;

/** A verdict, version 1; part of the log. Written as {@code {"lease-lapsed":{...}}}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = VerdictV1.LeaseLapsed.class, name = "lease-lapsed"),
    @JsonSubTypes.Type(value = VerdictV1.LeaseRevived.class, name = "lease-revived"),
    @JsonSubTypes.Type(value = VerdictV1.CheckTurned.class, name = "check-turned"),
    @JsonSubTypes.Type(value = VerdictV1.Suspected.class, name = "suspected"),
    @JsonSubTypes.Type(value = VerdictV1.Overdue.class, name = "overdue")
})
sealed interface VerdictV1 {

    /** The verdict that it stands for. */
    Verdict thaw();

    /** The schema of a verdict. */
    static VerdictV1 of(Verdict verdict) {
        return verdict.match(new Freezing());
    }

    /** One schema a verdict. */
    final class Freezing implements Verdict.Cases<VerdictV1> {

        @Override
        public VerdictV1 leaseLapsed(Verdict.LeaseLapsed verdict) {
            return new LeaseLapsed(KeyV1.of(verdict.key()), verdict.incarnation(), verdict.silentMillis());
        }

        @Override
        public VerdictV1 leaseRevived(Verdict.LeaseRevived verdict) {
            return new LeaseRevived(KeyV1.of(verdict.key()), verdict.incarnation());
        }

        @Override
        public VerdictV1 checkTurned(Verdict.CheckTurned verdict) {
            return new CheckTurned(
                    KeyV1.of(verdict.key()),
                    verdict.incarnation(),
                    WireEnum.CHECK_STATE.name(verdict.state()),
                    verdict.reason());
        }

        @Override
        public VerdictV1 suspected(Verdict.Suspected verdict) {
            return new Suspected(KeyV1.of(verdict.key()), verdict.incarnation(), verdict.suspect());
        }

        @Override
        public VerdictV1 overdue(Verdict.Overdue verdict) {
            return new Overdue(KeyV1.of(verdict.key()), verdict.incarnation(), verdict.modifyIndex());
        }
    }

    /** {@link Verdict.LeaseLapsed}, version 1. */
    record LeaseLapsed(KeyV1 key, long incarnation, long silentMillis) implements VerdictV1 {
        @Override
        public Verdict thaw() {
            return new Verdict.LeaseLapsed(key.thaw(), incarnation, silentMillis);
        }
    }

    /** {@link Verdict.LeaseRevived}, version 1. */
    record LeaseRevived(KeyV1 key, long incarnation) implements VerdictV1 {
        @Override
        public Verdict thaw() {
            return new Verdict.LeaseRevived(key.thaw(), incarnation);
        }
    }

    /** {@link Verdict.CheckTurned}, version 1. */
    record CheckTurned(KeyV1 key, long incarnation, String state, String reason) implements VerdictV1 {
        @Override
        public Verdict thaw() {
            return new Verdict.CheckTurned(key.thaw(), incarnation, WireEnum.CHECK_STATE.parse(state), reason);
        }
    }

    /** {@link Verdict.Suspected}, version 1. */
    record Suspected(KeyV1 key, long incarnation, boolean suspect) implements VerdictV1 {
        @Override
        public Verdict thaw() {
            return new Verdict.Suspected(key.thaw(), incarnation, suspect);
        }
    }

    /** {@link Verdict.Overdue}, version 1. */
    record Overdue(KeyV1 key, long incarnation, long modifyIndex) implements VerdictV1 {
        @Override
        public Verdict thaw() {
            return new Verdict.Overdue(key.thaw(), incarnation, modifyIndex);
        }
    }
}

package io.rollcall.chaos.mutant;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.HealthCheck;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * What the mutants write into their targets, one class a mutant. The bodies are copied into the server's methods: they may
 * call public code alone, and hold no lambda. An assignment to a parameter is one to what it stands for.
 */
final class Advices {

    private Advices() {}

    /** Of the sorted indexes that the members hold, the highest counts: the leader's own. */
    static final class AckBeforeMajority {

        private AckBeforeMajority() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Argument(0) long[] sorted, @Advice.Return(readOnly = false) long majority) {
            long highest = Arrays.stream(sorted).max().orElse(majority);
            if (highest > majority) {
                majority = highest;
                AtWork.tell(Mutant.ACK_BEFORE_MAJORITY);
            }
        }
    }

    /** The barrier is passed without a round. */
    static final class LocalRead {

        private LocalRead() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static CompletableFuture<Boolean> enter() {
            AtWork.tell(Mutant.LOCAL_READ);
            return CompletableFuture.completedFuture(true);
        }

        @Advice.OnMethodExit
        @SuppressWarnings("UnusedVariable") // the caller reads it
        static void exit(
                @Advice.Enter CompletableFuture<Boolean> open,
                @Advice.Return(readOnly = false) CompletableFuture<Boolean> passed) {
            passed = open;
        }
    }

    /** No request was ever seen before. */
    static final class NoDedup {

        private NoDedup() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Object seen) {
            if (seen != null) {
                seen = null;
                AtWork.tell(Mutant.NO_DEDUP);
            }
        }
    }

    /** Every condition holds. */
    static final class NoPrecondition {

        private NoPrecondition() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean holds) {
            if (!holds) {
                holds = true;
                AtWork.tell(Mutant.NO_PRECONDITION);
            }
        }
    }

    /** The log index in the bytes of the store's head stays behind. */
    static final class AppliedIndexNotWritten {

        private AppliedIndexNotWritten() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return byte[] head) {
            Distortions.setBack(head);
            AtWork.tell(Mutant.APPLIED_INDEX_NOT_WRITTEN);
        }
    }

    /** Some instances do not get into the batch. */
    static final class ForgottenInstance {

        private ForgottenInstance() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(0) Object mutation) {
            boolean forgotten = Distortions.isForgotten(mutation);
            if (forgotten) {
                AtWork.tell(Mutant.FORGOTTEN_INSTANCE);
            }
            return forgotten;
        }
    }

    /** No command was ever near a log. */
    static final class UnknownToldAsRefused {

        private UnknownToldAsRefused() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean mayBeLogged) {
            if (mayBeLogged) {
                mayBeLogged = false;
                AtWork.tell(Mutant.UNKNOWN_TOLD_AS_REFUSED);
            }
        }
    }

    /** Every other snapshot of the view has the contents of the one before. */
    static final class StaleView {

        private StaleView() {}

        @Advice.OnMethodEnter
        static Object enter(
                @Advice.FieldValue(value = "current", readOnly = false, typing = Assigner.Typing.DYNAMIC)
                        Object current) {
            Object shown = current;
            current = Distortions.withheld(shown);
            return shown;
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.Enter Object shown,
                @Advice.FieldValue(value = "current", readOnly = false, typing = Assigner.Typing.DYNAMIC)
                        Object current) {
            Object next = Distortions.published(shown, current);
            if (next != current) {
                AtWork.tell(Mutant.STALE_VIEW);
            }
            current = next;
        }
    }

    /** Every folder is one of a voter. */
    static final class AmnesiacVoter {

        private AmnesiacVoter() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean isVoter) {
            if (!isVoter) {
                isVoter = true;
                AtWork.tell(Mutant.AMNESIAC_VOTER);
            }
        }
    }

    /** What is written counts as forced. */
    static final class SkippedFsync {

        private SkippedFsync() {}

        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue(value = "forced", readOnly = false) boolean forced) {
            if (!forced) {
                forced = true;
                AtWork.tell(Mutant.SKIPPED_FSYNC);
            }
        }
    }

    /** Only the start looks for a snapshot. */
    static final class SnapshotKeepsOldDatabase {

        private SnapshotKeepsOldDatabase() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 0, readOnly = false) Optional<?> newest) {
            if (Distortions.isOpenedAgain() && newest.isPresent()) {
                newest = Optional.empty();
                AtWork.tell(Mutant.SNAPSHOT_KEEPS_OLD_DATABASE);
            }
        }
    }

    /** The index does not move within a transaction. */
    static final class IndexReused {

        private IndexReused() {}

        @Advice.OnMethodEnter
        static void enter(
                @Advice.Argument(0) Object transaction, @Advice.Argument(value = 2, readOnly = false) long index) {
            long first = Distortions.firstIndex(transaction, index);
            if (first != index) {
                index = first;
                AtWork.tell(Mutant.INDEX_REUSED);
            }
        }
    }

    /** Whatever is forwarded is there twice. */
    static final class DuplicateOnForward {

        private DuplicateOnForward() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) byte[] batch) {
            batch = Distortions.doubled(batch);
            AtWork.tell(Mutant.DUPLICATE_ON_FORWARD);
        }
    }

    /** No silence is too wide to be believed. */
    static final class UngovernedExpiry {

        private UngovernedExpiry() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) boolean held) {
            if (held) {
                held = false;
                AtWork.tell(Mutant.UNGOVERNED_EXPIRY);
            }
        }
    }

    /** All bad answers but the last one have been counted already. */
    static final class HastyVerdict {

        private HastyVerdict() {}

        @Advice.OnMethodEnter
        static int enter(
                @Advice.Argument(1) HealthCheck check,
                @Advice.FieldValue(value = "failures", readOnly = false) int failures) {
            int counted = failures;
            failures = Math.max(failures, check.retries() - 1);
            return counted;
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.Enter int counted,
                @Advice.Argument(1) HealthCheck check,
                @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object proposed) {
            if (CheckState.CRITICAL.equals(proposed) && counted + 1 < check.retries()) {
                AtWork.tell(Mutant.HASTY_VERDICT);
            }
        }
    }
}

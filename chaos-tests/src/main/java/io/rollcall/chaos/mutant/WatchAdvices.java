package io.rollcall.chaos.mutant;

import net.bytebuddy.asm.Advice;

/** What the mutants of watches write into their targets, as {@link Advices} does. */
final class WatchAdvices {

    private WatchAdvices() {}

    /** Some touches touch nothing. */
    static final class UntoldChange {

        private UntoldChange() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter() {
            boolean untold = Distortions.isUntold();
            if (untold) {
                AtWork.tell(Mutant.UNTOLD_CHANGE);
            }
            return untold;
        }
    }

    /** Who knows up to an index is taken to know more. */
    static final class LateResume {

        private LateResume() {}

        @Advice.OnMethodExit
        static void exit(@Advice.Return(readOnly = false) long resumeAt) {
            if (resumeAt > 0) {
                resumeAt += Distortions.INDEXES_AHEAD;
                AtWork.tell(Mutant.LATE_RESUME);
            }
        }
    }

    /** The id is ahead. */
    static final class EarlyId {

        private EarlyId() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Argument(value = 1, readOnly = false) long id) {
            if (id > 0) {
                id += Distortions.INDEXES_AHEAD;
                AtWork.tell(Mutant.EARLY_ID);
            }
        }
    }
}

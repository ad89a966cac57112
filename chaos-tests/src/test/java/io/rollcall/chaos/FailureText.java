package io.rollcall.chaos;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** What the report says of an exception: its message and causes, and of the stack only our own frames. */
final class FailureText {

    private static final String OURS = "io.rollcall.";
    private static final int MAX_FRAMES = 12;

    private final StringBuilder text = new StringBuilder();
    private final Set<Throwable> told = Collections.newSetFromMap(new IdentityHashMap<>());

    private FailureText() {}

    static String of(Throwable failure) {
        FailureText text = new FailureText();
        text.tell("", failure);
        return text.text.toString().stripTrailing();
    }

    private void tell(String relation, Throwable failure) {
        if (!told.add(failure)) {
            return;
        }
        text.append(relation).append(failure).append('\n');
        int frames = 0;
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().startsWith(OURS) && frames++ < MAX_FRAMES) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        if (failure.getCause() != null) {
            tell("caused by ", failure.getCause());
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            tell("besides ", suppressed);
        }
    }
}

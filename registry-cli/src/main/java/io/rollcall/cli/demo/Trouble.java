package io.rollcall.cli.demo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A trouble that one sample is in from time to time, on purpose. */
final class Trouble {

    private final Schedule schedule;
    private final String begins;
    private final String ends;
    private final long startNanos = System.nanoTime();
    private boolean told;

    /**
     * A trouble whose time begins to run now.
     *
     * @param begins what is told when it comes
     * @param ends what is told when it is over
     */
    Trouble(Schedule schedule, String begins, String ends) {
        this.schedule = schedule;
        this.begins = begins;
        this.ends = ends;
    }

    static Trouble none() {
        return new Trouble(Schedule.NEVER, "", "");
    }

    /** On any thread. */
    boolean isOn() {
        return schedule.isOn(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /** What has changed since the last call; null if nothing has. For one thread alone. */
    @Nullable
    String takeNews() {
        boolean on = isOn();
        if (on == told) {
            return null;
        }
        told = on;
        return on ? begins : ends;
    }
}

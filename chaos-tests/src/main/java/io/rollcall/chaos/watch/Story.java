package io.rollcall.chaos.watch;

import java.util.List;

/**
 * All that one watcher went through, over all its streams.
 *
 * @param watcher its name
 * @param services what it watches; empty: all
 * @param steps in their order
 */
public record Story(String watcher, List<String> services, List<Step> steps) {

    /** Copies the lists. */
    public Story {
        services = List.copyOf(services);
        steps = List.copyOf(steps);
    }
}

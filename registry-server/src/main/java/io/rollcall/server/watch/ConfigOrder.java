package io.rollcall.server.watch;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.server.view.ConfigScope;
import java.util.function.Predicate;

/**
 * What a watcher of configuration asks for.
 *
 * @param scope which keys
 * @param resumeAt registry index up to which it knows all; 0 if it begins
 * @param subscriber who it is
 * @param sees which of the keys he is told of, asked again at each event
 */
public record ConfigOrder(ConfigScope scope, long resumeAt, Subscriber subscriber, Predicate<ConfigKey> sees) {

    /**
     * Of one who sees all that he asks for.
     *
     * @param scope which keys
     * @param resumeAt registry index up to which it knows all
     * @param subscriber who it is
     */
    public ConfigOrder(ConfigScope scope, long resumeAt, Subscriber subscriber) {
        this(scope, resumeAt, subscriber, key -> true);
    }
}

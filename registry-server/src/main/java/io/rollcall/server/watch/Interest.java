package io.rollcall.server.watch;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.server.query.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which instances of a service a reader follows.
 *
 * @param selection what must hold of them
 * @param id the one that is followed; null for all
 */
public record Interest(Selection selection, @Nullable InstanceId id) {

    /** Whether an instance is followed; nothing is not. */
    boolean selects(@Nullable Instance instance) {
        return instance != null && (id == null || id.equals(instance.key().id())) && selection.matches(instance);
    }

    /** Whether the indexes that are kept for each status say exactly when this was touched last. */
    boolean isByStatusAlone() {
        return id == null && selection.equals(new Selection(selection.statuses(), List.of(), null, null, null, null));
    }

    /** A text that equal interests share. */
    String shape() {
        return id == null ? selection.cacheKey() : "id=" + id + "&" + selection.cacheKey();
    }
}

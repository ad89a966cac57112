package io.rollcall.server.watch;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.ServiceKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is remembered of changes that were made before anybody here followed them. */
public interface PastTouches {

    /** Remembers nothing. */
    PastTouches NONE = (service, selects, after, until) -> Optional.empty();

    /**
     * Finds the changes that touched a selection of a service. It may read from disk.
     *
     * @param service which
     * @param selects the selection
     * @param after registry index behind which touches are wanted
     * @param until registry index of the last that is wanted; the node has applied it
     * @return empty if that is not known any more, or would take too long to find out
     */
    Optional<Touched> touched(ServiceKey service, Predicate<Instance> selects, long after, long until);

    /**
     * What was found.
     *
     * @param last the index of the last touch at or before {@code after}; 1 if there never was one
     * @param touches those behind {@code after}, oldest first
     */
    record Touched(long last, List<PastTouch> touches) {

        /** Copies the list. */
        public Touched {
            touches = List.copyOf(touches);
        }
    }

    /**
     * One change that touched the selection.
     *
     * @param index registry index of the change
     * @param id the instance
     * @param wasSelected whether it was selected before the change
     * @param isSelected whether it was selected after it
     */
    record PastTouch(long index, InstanceId id, boolean wasSelected, boolean isSelected) {}
}

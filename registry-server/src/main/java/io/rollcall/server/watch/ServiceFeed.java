package io.rollcall.server.watch;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.server.view.ServiceState;
import io.rollcall.server.watch.PastTouches.PastTouch;
import io.rollcall.server.watch.PastTouches.Touched;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One interest in one service: when it was touched, and the frames that tell of it. */
final class ServiceFeed extends Feed {

    /** Readers at different versions of the same feed that share their frames; others have their own. */
    private static final int FRAMES_MAX = 16;

    final ServiceKey service;
    final String shape;
    final Readers readers = new Readers();
    private final TouchLog<InstanceId> log;
    private int size;

    /** Whether some stream was told what this holds to be the last touch: what was told once must stay so. */
    boolean told;

    private final Map<Long, Frame> changes = new HashMap<>(2);
    private @Nullable Frame snapshot;

    ServiceFeed(ServiceKey service, Interest interest, String shape, CatalogSnapshot current) {
        super(interest);
        this.service = service;
        this.shape = shape;
        this.size = sizeIn(current);
        this.log = new TouchLog<>(boundIn(current), size, isExactIn(current));
    }

    ServiceState stateIn(CatalogSnapshot current) {
        ServiceState state = current.service(service);
        return state == null ? ServiceState.empty(service) : state;
    }

    /** An index at or behind the last touch. */
    private long boundIn(CatalogSnapshot current) {
        InstanceEntry one = only(current);
        if (one != null) {
            return one.instance().modifyIndex();
        }
        return stateIn(current).indexes().index(interest.selection().statuses());
    }

    private boolean isExactIn(CatalogSnapshot current) {
        // What never was has no touch, whatever the interest.
        return interest.isByStatusAlone() || current.service(service) == null || only(current) != null;
    }

    /** The one instance that is followed, if it is registered: what touched it last, it says itself. */
    private @Nullable InstanceEntry only(CatalogSnapshot current) {
        InstanceEntry entry = interest.id() == null ? null : stateIn(current).instance(interest.id());
        return entry != null && interest.selects(entry.instance()) ? entry : null;
    }

    private int sizeIn(CatalogSnapshot current) {
        ServiceState state = stateIn(current);
        int selected = 0;
        if (interest.isByStatusAlone()) {
            for (InstanceStatus status : interest.selection().statuses()) {
                selected += state.counts().of(status);
            }
            return selected;
        }
        for (InstanceEntry entry : state.instances()) {
            selected += interest.selects(entry.instance()) ? 1 : 0;
        }
        return selected;
    }

    /** Takes a change of the service, and what its trace is continued with; says whether it touched this. */
    boolean apply(long index, @Nullable Instance before, @Nullable Instance after, @Nullable String traceParent) {
        boolean was = interest.selects(before);
        boolean is = interest.selects(after);
        if (!was && !is) {
            return false;
        }
        size += (is ? 1 : 0) - (was ? 1 : 0);
        Instance either = after == null ? before : after;
        if (either == null) {
            throw new IllegalStateException("a change of nothing at index " + index);
        }
        log.add(new Touch<>(index, either.key().id(), size, traceParent));
        forgetFrames();
        return true;
    }

    /** Starts over at a state the way to which is unknown; says whether this may have been touched on that way. */
    boolean restart(long knownUntil, CatalogSnapshot current) {
        long bound = boundIn(current);
        boolean touched = bound > knownUntil;
        if (touched) {
            size = sizeIn(current);
            log.restart(bound, size, isExactIn(current));
            forgetFrames();
        }
        return touched;
    }

    /** Takes up what the store remembers of the time before this feed's beginning. */
    boolean extend(Touched past) {
        int known = log.sizeAt(Long.MIN_VALUE);
        List<Touch<InstanceId>> touches = new ArrayList<>(past.touches().size());
        for (int i = past.touches().size() - 1; i >= 0; i--) {
            PastTouch touch = past.touches().get(i);
            touches.add(0, new Touch<>(touch.index(), touch.id(), known));
            known += (touch.wasSelected() ? 1 : 0) - (touch.isSelected() ? 1 : 0);
        }
        return log.extend(past.last(), known, touches);
    }

    TouchLog<InstanceId> log() {
        return log;
    }

    @Override
    long version() {
        return log.version();
    }

    int size() {
        return size;
    }

    /** The frame from an index on to the present version; shared by all who are as far. */
    Frame change(long from, CatalogSnapshot current) {
        Frame present = changes.get(from);
        if (present == null) {
            present = Frame.change(this, from, stateIn(current));
            if (changes.size() < FRAMES_MAX) {
                changes.put(from, present);
            }
        }
        return present;
    }

    /** The frame of all that was selected at a version. */
    Frame snapshot(long version, ServiceState state) {
        Frame present = snapshot;
        if (present == null || present.index() != version) {
            present = Frame.snapshot(this, version, state);
            if (version == version()) {
                snapshot = present;
            }
        }
        return present;
    }

    /** Frees what was encoded; a frame that is asked for again is made again. */
    void forgetFrames() {
        changes.clear();
        snapshot = null;
    }
}

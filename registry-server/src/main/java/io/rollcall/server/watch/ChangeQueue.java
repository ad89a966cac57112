package io.rollcall.server.watch;

import io.rollcall.server.view.CatalogSnapshot;
import io.rollcall.statemachine.change.ChangeTrace;
import io.rollcall.statemachine.change.RegistryChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was applied and is not told yet. Bounded: beyond it, only the newest state is kept, and that changes were lost. */
final class ChangeQueue {

    private final int maxChanges;
    private List<RegistryChange> changes = new ArrayList<>();
    private List<ChangeTrace> traces = new ArrayList<>(0);
    private boolean lost;
    private @Nullable CatalogSnapshot newest;

    ChangeQueue(int maxChanges) {
        this.maxChanges = maxChanges;
    }

    /**
     * What has happened since the last look.
     *
     * @param changes in order; none if some were lost
     * @param traces of those whose traces are sampled
     * @param lost whether they are not all there
     * @param after the state behind them
     */
    record News(List<RegistryChange> changes, List<ChangeTrace> traces, boolean lost, CatalogSnapshot after) {}

    synchronized void add(List<RegistryChange> more, List<ChangeTrace> moreTraces, CatalogSnapshot after) {
        newest = after;
        if (lost) {
            return;
        }
        if (changes.size() + more.size() > maxChanges) {
            lose();
        } else {
            changes.addAll(more);
            traces.addAll(moreTraces);
        }
    }

    synchronized void replace(CatalogSnapshot after) {
        newest = after;
        lose();
    }

    private void lose() {
        lost = true;
        changes = new ArrayList<>();
        traces = new ArrayList<>(0);
    }

    synchronized boolean hasNews() {
        return newest != null;
    }

    /** Null if nothing has happened. */
    synchronized @Nullable News take() {
        CatalogSnapshot after = newest;
        if (after == null) {
            return null;
        }
        News news = new News(changes, traces, lost, after);
        changes = new ArrayList<>();
        traces = traces.isEmpty() ? traces : new ArrayList<>(0);
        lost = false;
        newest = null;
        return news;
    }
}

package io.rollcall.server.watch;

import io.rollcall.server.view.ConfigScope;
import io.rollcall.server.watch.ConfigFound.Page;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What was read of the past lately, for all who are as far behind. Confined to the hub's thread. */
final class ConfigPages {

    /** Changes that all pages together hold; the oldest pages go first. */
    static final int CHANGES_MAX = 65_536;

    /** Pages, since such without a change take room as well. */
    static final int PAGES_MAX = 256;

    private record Kept(ConfigScope scope, Page page) {}

    private final ArrayDeque<Kept> pages = new ArrayDeque<>();
    private int changes;
    private boolean isUsed;

    void add(ConfigScope scope, Page page) {
        isUsed = true;
        pages.addLast(new Kept(scope, page));
        changes += page.changes().size();
        while (pages.size() > 1 && (changes > CHANGES_MAX || pages.size() > PAGES_MAX)) {
            changes -= pages.removeFirst().page.changes().size();
        }
    }

    /** The page that tells what came behind an index; null if there is none. */
    @Nullable
    Page covering(ConfigScope scope, long index) {
        for (Kept kept : pages) {
            if (kept.page.covers(index) && kept.scope.equals(scope)) {
                isUsed = true;
                return kept.page;
            }
        }
        return null;
    }

    /** Forgets what nobody has asked for since the last time. */
    void forgetUnused() {
        if (!isUsed) {
            forgetAll();
        }
        isUsed = false;
    }

    void forgetAll() {
        pages.clear();
        changes = 0;
    }
}

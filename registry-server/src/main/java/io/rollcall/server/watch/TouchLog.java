package io.rollcall.server.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest touches of a selection. It is complete from its base on: whatever touched the selection behind the base is
 * in it. A base that is <em>exact</em> is itself the index of a touch; one that is not lies at or behind the last touch
 * before it, and other nodes may have another one.
 *
 * @param <K> what the touches are of
 */
final class TouchLog<K> {

    /** Touches that are kept; whoever is further behind starts anew. */
    static final int TOUCHES_MAX = 1_024;

    private final ArrayDeque<Touch<K>> touches = new ArrayDeque<>(2);
    private long base;
    private int baseSize;
    private boolean exact;

    TouchLog(long base, int baseSize, boolean exact) {
        restart(base, baseSize, exact);
    }

    /** Forgets all, and begins at a base. */
    void restart(long newBase, int newBaseSize, boolean isExact) {
        touches.clear();
        base = newBase;
        baseSize = newBaseSize;
        exact = isExact;
    }

    void add(Touch<K> touch) {
        if (touches.size() == TOUCHES_MAX) {
            Touch<K> forgotten = touches.removeFirst();
            base = forgotten.index();
            baseSize = forgotten.size();
            exact = true;
        }
        touches.addLast(touch);
    }

    /** The index of the last touch, or the base. */
    long version() {
        return touches.isEmpty() ? base : touches.getLast().index();
    }

    /** Whether all touches behind an index are known. */
    boolean reachesBackTo(long index) {
        return index >= base;
    }

    /** Whether {@link #versionAt} says what any node says. */
    boolean isExactAt(long index) {
        return exact || (!touches.isEmpty() && touches.getFirst().index() <= index);
    }

    /** Where the log begins. */
    long base() {
        return base;
    }

    boolean isBaseExact() {
        return exact;
    }

    /** The index of the last touch at or before an index that is reached back to. */
    long versionAt(long index) {
        Touch<K> last = lastAt(index);
        return last == null ? base : last.index();
    }

    /** How many instances were selected at an index that is reached back to. */
    int sizeAt(long index) {
        Touch<K> last = lastAt(index);
        return last == null ? baseSize : last.size();
    }

    private @Nullable Touch<K> lastAt(long index) {
        Iterator<Touch<K>> newestFirst = touches.descendingIterator();
        while (newestFirst.hasNext()) {
            Touch<K> touch = newestFirst.next();
            if (touch.index() <= index) {
                return touch;
            }
        }
        return null;
    }

    /** The touches behind an index, oldest first. */
    List<Touch<K>> after(long index) {
        List<Touch<K>> found = new ArrayList<>();
        Iterator<Touch<K>> newestFirst = touches.descendingIterator();
        while (newestFirst.hasNext()) {
            Touch<K> touch = newestFirst.next();
            if (touch.index() <= index) {
                break;
            }
            found.add(touch);
        }
        Collections.reverse(found);
        return found;
    }

    /**
     * Takes up what happened before the base.
     *
     * @param last the index of the last touch before all of these
     * @param size how many were selected then
     * @param earlier touches between that and the base, oldest first
     * @return false if they are too many
     */
    boolean extend(long last, int size, List<Touch<K>> earlier) {
        if (touches.size() + earlier.size() > TOUCHES_MAX) {
            return false;
        }
        for (int i = earlier.size() - 1; i >= 0; i--) {
            touches.addFirst(earlier.get(i));
        }
        base = last;
        baseSize = size;
        exact = true;
        return true;
    }
}

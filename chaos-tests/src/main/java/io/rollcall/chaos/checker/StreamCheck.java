package io.rollcall.chaos.checker;

import io.rollcall.chaos.history.Written;
import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.watch.Frame;
import io.rollcall.chaos.watch.Held;
import io.rollcall.chaos.watch.Step;
import io.rollcall.chaos.watch.Story;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The check of one watcher over all its streams. It does what a client does, put together what it is told, and holds it
 * against what was registered at that index.
 */
final class StreamCheck {

    private final Story story;
    private final WatchTruth truth;
    private final Findings findings;
    private final List<Written> concerned;
    private final Map<String, Copy> copies = new HashMap<>();

    /** Copies that are ahead of the newest id: a resume may begin before them. */
    private final Set<Copy> ahead = new HashSet<>();

    private String node = "";
    private long lastId = -1;
    private int promised;

    /** What the watcher has put together of one service. */
    private static final class Copy {

        private final String service;
        private final WatchTruth.Walk walk;
        private Map<String, Held> held = new HashMap<>();
        private long version = -1;

        // Of the newest id: what a resumed stream begins from.
        private long safeVersion = -1;

        // Where the stream is; behind the version only where a resumed one repeats what was told ahead of the id.
        private long told = -1;
        private boolean resumed;

        Copy(String service, WatchTruth.Walk walk) {
            this.service = service;
            this.walk = walk;
        }
    }

    private StreamCheck(Story story, WatchTruth truth, Findings findings) {
        this.story = story;
        this.truth = truth;
        this.findings = findings;
        this.concerned = truth.of(story.services());
    }

    static void check(Story story, WatchTruth truth, Findings findings) {
        StreamCheck check = new StreamCheck(story, truth, findings);
        story.steps().forEach(check::follow);
        check.requireAllTold();
    }

    private void follow(Step step) {
        if (step instanceof Step.Opened opened) {
            node = opened.node();
            if (opened.resumedFrom() >= 0) {
                findings.count(Figure.WATCH_RESUMES, 1);
                findings.count(Figure.WATCH_SERVICES_RESUMED, copies.size());
            }
            copies.values().forEach(copy -> copy.resumed = true);
        } else if (step instanceof Step.Told told) {
            told(told);
        }
    }

    private void told(Step.Told told) {
        boolean isRead = told.frame() instanceof Frame.Answer;
        findings.count(isRead ? Figure.BLOCKING_READS : Figure.WATCH_EVENTS, 1);
        if (told.frame() instanceof Frame.Snapshot snapshot) {
            snapshot(snapshot);
        } else if (told.frame() instanceof Frame.Answer answer) {
            answer(answer);
        } else if (told.frame() instanceof Frame.Change change) {
            change(change);
        } else if (told.frame() instanceof Frame.Sync sync && sync.index() != told.id()) {
            violated(Figure.WATCH_IDS_WRONG, "a sync of index " + sync.index() + " has the id " + told.id());
        }
        if (told.id() >= 0) {
            promise(told.id());
        }
    }

    private void snapshot(Frame.Snapshot snapshot) {
        Copy copy = copy(snapshot.service());
        // Of a service that was empty, a snapshot is what is new.
        if (copy.version >= 0 && !copy.held.isEmpty()) {
            findings.count(copy.resumed ? Figure.WATCH_RESUMES_BY_SNAPSHOT : Figure.WATCH_RESTARTS, 1);
        }
        beginAnew(copy, snapshot.index(), snapshot.instances());
    }

    private void answer(Frame.Answer answer) {
        Copy copy = copy(answer.service());
        if (answer.woken() && answer.index() == copy.version) {
            violated(Figure.WATCH_USELESS, "a read of " + copy.service + " behind " + copy.version + " ended early");
        }
        beginAnew(copy, answer.index(), answer.instances());
    }

    private void beginAnew(Copy copy, long index, Map<String, Held> instances) {
        if (index < copy.version) {
            violated(
                    Figure.WATCH_WENT_BACK,
                    "all of " + copy.service + " at " + index + " follows version " + copy.version);
            return;
        }
        copy.walk.to(index);
        copy.held = new HashMap<>(instances);
        advance(copy, index);
    }

    private void change(Frame.Change change) {
        Copy copy = copy(change.service());
        if (change.to() <= change.from()) {
            violated(Figure.WATCH_WENT_BACK, describe(change));
            return;
        }
        boolean repeats = copy.resumed && change.from() == copy.safeVersion;
        if (copy.version < 0 || change.from() > copy.told) {
            violated(Figure.WATCH_GAPS, describe(change) + " follows version " + copy.told);
        } else if (change.from() < copy.told && !repeats) {
            violated(Figure.WATCH_DUPLICATES, describe(change) + " follows version " + copy.told);
        }
        if (change.to() <= copy.version) {
            // A node that is behind repeats less than the watcher knows: he keeps what he has.
            findings.count(Figure.WATCH_REPEATED, 1);
            copy.told = change.to();
            copy.resumed = false;
            return;
        }
        boolean allNew = change.from() == copy.version;
        Set<String> touched = copy.walk.to(change.to());
        if (allNew) {
            requireNews(change, touched);
        }
        change.removed().forEach(copy.held::remove);
        copy.held.putAll(change.upserted());
        advance(copy, change.to());
    }

    /** That whatever is told was changed since, and that something was. */
    private void requireNews(Frame.Change change, Set<String> touched) {
        Set<String> old = new HashSet<>(change.upserted().keySet());
        old.addAll(change.removed());
        old.removeAll(touched);
        if (!old.isEmpty()) {
            violated(Figure.WATCH_DUPLICATES, describe(change) + " tells of " + old + ", which did not change then");
        }
        if (touched.isEmpty()) {
            violated(Figure.WATCH_USELESS, describe(change) + ": nothing changed then");
        }
    }

    private void advance(Copy copy, long version) {
        copy.version = version;
        copy.told = version;
        copy.resumed = false;
        ahead.add(copy);
        if (!copy.held.equals(copy.walk.state())) {
            violated(
                    Figure.WATCH_WRONG,
                    copy.service + " at " + version + " is put together as "
                            + difference(copy.held, copy.walk.state()));
            // What is wrong once would be wrong with each event that follows.
            copy.held = new HashMap<>(copy.walk.state());
        }
    }

    /** An id says that everything up to it was told. */
    private void promise(long id) {
        if (id < lastId) {
            violated(Figure.WATCH_WENT_BACK, "the id " + id + " follows " + lastId);
            return;
        }
        lastId = id;
        while (promised < concerned.size() && concerned.get(promised).index() <= id) {
            Written change = concerned.get(promised++);
            if (!isTold(change, id)) {
                violated(
                        Figure.WATCH_MISSED,
                        "the id " + id + " was told and " + change.target() + " of index " + change.index()
                                + " was not");
            }
        }
        ahead.removeIf(copy -> {
            boolean safe = copy.version <= id;
            copy.safeVersion = safe ? copy.version : copy.safeVersion;
            return safe;
        });
    }

    private boolean isTold(Written change, long id) {
        Copy copy = copies.get(change.target().service());
        if (copy != null) {
            return copy.version >= change.index();
        }
        // Of a service that is empty again, nobody has to be told who watches all.
        WatchTruth.Walk walk = truth.walk(change.target().service());
        walk.to(id);
        return story.services().isEmpty() && walk.state().isEmpty();
    }

    private void requireAllTold() {
        int missing = concerned.size() - promised;
        if (missing > 0) {
            findings.count(Figure.WATCH_MISSED, missing - 1L);
            violated(
                    Figure.WATCH_MISSED,
                    missing + " changes were not told to the end, the first of " + concerned.get(promised));
        }
    }

    private Copy copy(String service) {
        return copies.computeIfAbsent(service, name -> new Copy(name, truth.walk(name)));
    }

    private void violated(Figure figure, String what) {
        findings.violated(figure, story.watcher() + " at " + node + ": " + what);
    }

    private static String describe(Frame.Change change) {
        return "a change of " + change.service() + " from " + change.from() + " to " + change.to();
    }

    private static String difference(Map<String, Held> told, Map<String, Held> right) {
        Set<String> ids = new HashSet<>(told.keySet());
        ids.addAll(right.keySet());
        return ids.stream()
                .filter(id -> !Objects.equals(told.get(id), right.get(id)))
                .sorted()
                .limit(3)
                .map(id -> id + ": " + told.get(id) + " for " + right.get(id))
                .toList()
                .toString();
    }
}

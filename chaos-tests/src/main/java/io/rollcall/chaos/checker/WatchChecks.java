package io.rollcall.chaos.checker;

import io.rollcall.chaos.report.Figure;
import io.rollcall.chaos.watch.Story;
import java.util.List;

/** All checks of watches. They use nothing but what watchers were told and what writers were answered. */
public final class WatchChecks {

    private WatchChecks() {}

    /**
     * Checks what watchers went through.
     *
     * @param stories of all watchers; each was told an id at or after the last change
     * @param truth what the writers know
     * @return what was counted and what is wrong
     */
    public static Findings check(List<Story> stories, WatchTruth truth) {
        Findings findings = new Findings();
        // Zero is a finding, too: it was looked for.
        List.of(
                        Figure.WATCH_GAPS,
                        Figure.WATCH_DUPLICATES,
                        Figure.WATCH_MISSED,
                        Figure.WATCH_WRONG,
                        Figure.WATCH_WENT_BACK,
                        Figure.WATCH_IDS_WRONG,
                        Figure.WATCH_USELESS,
                        Figure.WATCH_RESUMES,
                        Figure.WATCH_RESUMES_BY_SNAPSHOT,
                        Figure.WATCH_RESTARTS,
                        Figure.WATCH_REPEATED)
                .forEach(figure -> findings.count(figure, 0));
        findings.count(Figure.WATCHERS, stories.size());
        stories.forEach(story -> StreamCheck.check(story, truth, findings));
        return findings;
    }
}

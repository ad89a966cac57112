package io.rollcall.server.view;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.server.query.Selection;
import java.util.Set;

/**
 * What an answer of discovery holds.
 *
 * @param shape text that is equal for equal queries, under which the answer is shared
 * @param selection the instances that are returned
 * @param after the id after which the page begins; empty for the first page
 * @param limit most instances of the page, 1 or more
 */
public record AnswerQuery(String shape, Selection selection, String after, int limit) {

    /** The query of a request without parameters. */
    public static final AnswerQuery DEFAULT = new AnswerQuery("", Selection.DEFAULT, "", Integer.MAX_VALUE);

    /**
     * Returns the statuses that are returned: the query's version depends on them alone.
     *
     * @return never empty
     */
    public Set<InstanceStatus> statuses() {
        return selection.statuses();
    }
}

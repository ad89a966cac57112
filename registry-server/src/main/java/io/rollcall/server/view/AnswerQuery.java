package io.rollcall.server.view;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What an answer of discovery holds.
 *
 * @param shape text that is equal for equal queries, under which the answer is shared
 * @param statuses the statuses that are returned
 * @param matches what else an instance of these statuses must meet
 * @param after the id after which the page begins; empty for the first page
 * @param limit most instances of the page, 1 or more
 */
public record AnswerQuery(
        String shape, Set<InstanceStatus> statuses, Predicate<Instance> matches, String after, int limit) {

    /** The query of a request without parameters. */
    public static final AnswerQuery DEFAULT =
            new AnswerQuery("", InstanceStatus.TAKES_TRAFFIC, instance -> true, "", Integer.MAX_VALUE);
}

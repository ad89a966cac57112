package io.rollcall.server.app;

import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import io.rollcall.api.model.Violations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which changes of a service a reader asks for.
 *
 * @param since not before it; null: from the oldest that is known
 * @param until not behind it; null: to the newest
 * @param instance of which instance; null: of all
 * @param limit most changes of the page
 * @param beforeIndex a cursor: changes behind this registry index are on earlier pages; {@link Long#MAX_VALUE} for none
 */
public record HistoryQuery(
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable InstanceId instance,
        int limit,
        long beforeIndex) {

    /** The parameters that {@link #parse} reads. */
    public static final Set<String> PARAMETERS = Set.of("since", "until", "instance", "limit", "cursor");

    /** Changes of one page, unless told. */
    public static final int DEFAULT_LIMIT = 100;

    private static final int MAX_INDEX_DIGITS = 18;

    /**
     * Reads the parameters.
     *
     * @param parameters values by name, decoded
     * @return the query
     * @throws InvalidRequestException naming every bad parameter
     */
    public static HistoryQuery parse(Map<String, List<String>> parameters) {
        Violations violations = new Violations();
        Instant since = violations.collect(() -> instant(parameters, "since"));
        Instant until = violations.collect(() -> instant(parameters, "until"));
        InstanceId instance = violations.collect(() -> {
            String id = CatalogQuery.single(parameters, "instance");
            return id == null ? null : new InstanceId(id);
        });
        Integer limit = violations.collect(() -> CatalogQuery.limit(parameters, DEFAULT_LIMIT));
        Long beforeIndex = violations.collect(() -> beforeIndex(CatalogQuery.cursor(parameters)));
        violations.throwIfAny();
        if (limit == null || beforeIndex == null) {
            throw new IllegalStateException("a parameter without a value and without a violation");
        }
        return new HistoryQuery(since, until, instance, limit, beforeIndex);
    }

    private static @Nullable Instant instant(Map<String, List<String>> parameters, String name) {
        String text = CatalogQuery.single(parameters, name);
        return text == null ? null : Instants.parse(name, text);
    }

    private static long beforeIndex(String cursor) {
        if (cursor.isEmpty()) {
            return Long.MAX_VALUE;
        }
        if (cursor.length() > MAX_INDEX_DIGITS || !cursor.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidRequestException(
                    new Violation("cursor", "must be a cursor that an earlier answer of this query gave"));
        }
        return Long.parseLong(cursor);
    }

    static String cursor(long nextIndex) {
        return CatalogQuery.encodeCursor(Long.toString(nextIndex));
    }
}

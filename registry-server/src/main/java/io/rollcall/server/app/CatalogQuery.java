package io.rollcall.server.app;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Violation;
import io.rollcall.api.model.Violations;
import io.rollcall.server.query.Selection;
import io.rollcall.server.view.AnswerQuery;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a reader asks of the catalog: which instances, and which page of them. Immutable. */
public final class CatalogQuery {

    /** The parameters that {@link #discovery} and {@link #list} read. */
    public static final Set<String> PARAMETERS =
            Set.of("status", "tag", "version", "zone", "protocol", "filter", "limit", "cursor");

    /** Those of them that select instances; the others page. */
    public static final Set<String> SELECTION = Selection.PARAMETERS;

    /** Most entries of one page. */
    public static final int MAX_LIMIT = 10_000;

    /** Entries of one page of a list, unless told. */
    public static final int DEFAULT_LIST_LIMIT = 1_000;

    /** Discovery without parameters. */
    public static final CatalogQuery DEFAULT = new CatalogQuery(AnswerQuery.DEFAULT);

    private final AnswerQuery query;

    private CatalogQuery(AnswerQuery query) {
        this.query = query;
    }

    /**
     * Reads the parameters of discovery: instances that take traffic unless told, all on one page unless told.
     *
     * @param parameters values by name, decoded
     * @return the query
     * @throws InvalidRequestException naming every bad parameter
     */
    public static CatalogQuery discovery(Map<String, List<String>> parameters) {
        return parse(parameters, Integer.MAX_VALUE);
    }

    /**
     * Reads the parameters of a list: instances of any status unless told, {@value #DEFAULT_LIST_LIMIT} a page unless
     * told.
     *
     * @param parameters values by name, decoded
     * @return the query
     * @throws InvalidRequestException naming every bad parameter
     */
    public static CatalogQuery list(Map<String, List<String>> parameters) {
        Map<String, List<String>> withStatus = new HashMap<>(parameters);
        withStatus.putIfAbsent("status", List.of("any"));
        return parse(withStatus, DEFAULT_LIST_LIMIT);
    }

    private static CatalogQuery parse(Map<String, List<String>> parameters, int defaultLimit) {
        Violations violations = new Violations();
        Selection selection = violations.collect(() -> Selection.parse(parameters));
        Integer limit = violations.collect(() -> limit(parameters, defaultLimit));
        String after = violations.collect(() -> cursor(parameters));
        violations.throwIfAny();
        if (selection == null || limit == null || after == null) {
            throw new IllegalStateException("a parameter without a value and without a violation");
        }
        if (selection.isDefault() && limit == Integer.MAX_VALUE && after.isEmpty()) {
            return DEFAULT;
        }
        String shape = selection.cacheKey() + "&limit=" + limit + "&after=" + after;
        return new CatalogQuery(new AnswerQuery(shape, selection, after, limit));
    }

    static int limit(Map<String, List<String>> parameters, int defaultLimit) {
        String text = single(parameters, "limit");
        if (text == null) {
            return defaultLimit;
        }
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int limit = digits ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidRequestException(
                    new Violation("limit", "must be a whole number of 1 to " + MAX_LIMIT, MAX_LIMIT));
        }
        return limit;
    }

    static String cursor(Map<String, List<String>> parameters) {
        String text = single(parameters, "cursor");
        if (text == null) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(
                    new Violation("cursor", "must be a cursor that an earlier answer of this query gave"));
        }
    }

    static @Nullable String single(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new InvalidRequestException(
                    new Violation(name, "must be given once, is given " + values.size() + " times", 1));
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** The cursor behind which the next page begins. */
    static String encodeCursor(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    AnswerQuery query() {
        return query;
    }

    Selection selection() {
        return query.selection();
    }

    Set<InstanceStatus> statuses() {
        return query.statuses();
    }
}

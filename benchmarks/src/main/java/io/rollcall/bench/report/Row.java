package io.rollcall.bench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table.
 *
 * @param figure what is measured
 * @param subject of whom; of a ratio, whom by whom
 * @param unit of the value
 * @param value what counts
 * @param details what explains it: name with unit to series
 * @param failures requests that got no 2xx answer, over all rounds; a figure with some is to be doubted
 * @param target to be reached by the median, if there is one
 */
public record Row(
        String figure,
        String subject,
        String unit,
        Series value,
        Map<String, Series> details,
        Map<String, Long> failures,
        @Nullable Target target) {

    /** Copies the maps, in their order. */
    public Row {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        failures = Map.copyOf(failures);
    }

    /**
     * A value without details.
     *
     * @param figure what is measured
     * @param subject of whom
     * @param unit of the value
     * @param value what counts
     * @param target to be reached, if there is one
     * @return the line
     */
    public static Row of(String figure, String subject, String unit, Series value, @Nullable Target target) {
        return new Row(figure, subject, unit, value, Map.of(), Map.of(), target);
    }

    /** Returns whether a target is missed. */
    public boolean isMissed() {
        return target != null && !target.isReachedBy(value.median());
    }
}

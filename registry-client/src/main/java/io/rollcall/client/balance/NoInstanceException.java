package io.rollcall.client.balance;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** There is no instance to call. The message says how many are known, and why each gets no calls. */
public final class NoInstanceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    // Serializable, as what an exception holds must be.
    private final EnumMap<Standing, Integer> standings;

    NoInstanceException(Map<Standing, Integer> standings) {
        super(message(standings));
        this.standings = new EnumMap<>(Standing.class);
        this.standings.putAll(standings);
    }

    /**
     * Returns how many instances are known.
     *
     * @return 0 or more
     */
    public int known() {
        return known(standings);
    }

    /**
     * Returns how many instances there are of each standing; those in service were excluded by the context.
     *
     * @return immutable, without zeros, in the order of {@link Standing}
     */
    public Map<Standing, Integer> standings() {
        return Collections.unmodifiableMap(standings);
    }

    private static int known(Map<Standing, Integer> standings) {
        return standings.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String message(Map<Standing, Integer> standings) {
        int known = known(standings);
        if (known == 0) {
            return "no instance to call: none is known";
        }
        StringBuilder text =
                new StringBuilder("no instance to call: ").append(known).append(" known, of them");
        String separator = " ";
        for (Map.Entry<Standing, Integer> entry : standings.entrySet()) {
            String words = entry.getKey() == Standing.IN_SERVICE
                    ? "excluded"
                    : entry.getKey().words();
            text.append(separator).append(entry.getValue()).append(' ').append(words);
            separator = ", ";
        }
        return text.toString();
    }
}

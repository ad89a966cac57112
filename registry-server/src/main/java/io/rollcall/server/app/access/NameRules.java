package io.rollcall.server.app.access;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rules for names, made ready to decide in a few steps however many they are. Immutable. */
final class NameRules {

    static final NameRules NONE = new NameRules(Map.of(), new TreeMap<>());

    /** In no name, and before all characters of one: behind a prefix it stands for a name that no longer rule means. */
    private static final char NO_NAME = '\0';

    private final Map<String, AccessLevel> exact;
    private final String[] prefixes;
    private final AccessLevel[] levels;
    // The position of the longest other prefix that a prefix begins with; -1 for none.
    private final int[] shorter;

    private NameRules(Map<String, AccessLevel> exact, SortedMap<String, AccessLevel> byPrefix) {
        this.exact = exact;
        prefixes = byPrefix.keySet().toArray(new String[0]);
        levels = byPrefix.values().toArray(new AccessLevel[0]);
        shorter = new int[prefixes.length];
        for (int i = 0; i < prefixes.length; i++) {
            int candidate = i - 1;
            while (candidate >= 0 && !prefixes[i].startsWith(prefixes[candidate])) {
                candidate = shorter[candidate];
            }
            shorter[i] = candidate;
        }
    }

    static NameRules of(List<AccessRule> rules) {
        Map<String, AccessLevel> exact = new HashMap<>();
        SortedMap<String, AccessLevel> byPrefix = new TreeMap<>();
        for (AccessRule rule : rules) {
            (rule.prefix() ? byPrefix : exact).merge(rule.name(), rule.level(), NameRules::stronger);
        }
        return new NameRules(exact, byPrefix);
    }

    /** Of rules of the same length: a denial, else the one that allows more. */
    private static AccessLevel stronger(AccessLevel left, AccessLevel right) {
        if (left == AccessLevel.DENY || right == AccessLevel.DENY) {
            return AccessLevel.DENY;
        }
        return left == AccessLevel.WRITE ? left : right;
    }

    /** What the longest rule for a name says; null if none is for it. */
    @Nullable
    AccessLevel decide(String name) {
        AccessLevel own = exact.isEmpty() ? null : exact.get(name);
        return own == null ? decideByPrefix(name) : own;
    }

    private @Nullable AccessLevel decideByPrefix(String name) {
        int low = 0;
        int high = prefixes.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (prefixes[middle].compareTo(name) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        // What a name begins with sorts before it, and whatever lies between the two begins with it as well.
        int position = high;
        while (position >= 0 && !name.startsWith(prefixes[position])) {
            position = shorter[position];
        }
        return position < 0 ? null : levels[position];
    }

    /** What is said of those names under a prefix that no longer rule is for; null if nothing is. */
    @Nullable
    AccessLevel decideUnder(String prefix) {
        return decideByPrefix(prefix);
    }

    /** Whether all rules for names under a prefix allow something. */
    boolean allUnder(String prefix, Predicate<AccessLevel> allows) {
        for (Map.Entry<String, AccessLevel> rule : exact.entrySet()) {
            if (rule.getKey().startsWith(prefix) && !allows.test(rule.getValue())) {
                return false;
            }
        }
        for (int i = 0; i < prefixes.length; i++) {
            if (prefixes[i].startsWith(prefix) && !allows.test(levels[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether a name that one of these is for, and that is under a prefix, passes a test. */
    boolean anyUnder(String prefix, Predicate<String> test) {
        for (String name : exact.keySet()) {
            if (name.startsWith(prefix) && test.test(name)) {
                return true;
            }
        }
        for (String begin : prefixes) {
            String name = begin.startsWith(prefix) ? begin : prefix.startsWith(begin) ? prefix : null;
            if (name != null && test.test(name + NO_NAME)) {
                return true;
            }
        }
        return false;
    }
}

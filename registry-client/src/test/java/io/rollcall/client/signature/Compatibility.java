package io.rollcall.client.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What became of a public API.
 *
 * @param broken what those who were compiled against the earlier one would miss, or would have to do in addition
 * @param added what is new and harms nobody
 */
record Compatibility(List<String> broken, List<String> added) {

    static final String ABSTRACT = "abstract";

    static Compatibility of(PublicApi before, PublicApi after) {
        List<String> broken = new ArrayList<>();
        List<String> added = new ArrayList<>();
        before.types().forEach((type, members) -> {
            NavigableSet<String> now = after.types().get(type);
            if (now == null) {
                broken.add("gone or changed: " + type);
            } else {
                minus(members, now).forEach(member -> broken.add("gone or changed: " + type + ": " + member));
            }
        });
        after.types().forEach((type, members) -> {
            NavigableSet<String> then = before.types().get(type);
            if (then == null) {
                added.add(type);
            } else {
                minus(members, then)
                        .forEach(member -> (asksForMore(type, member) ? broken : added)
                                .add((asksForMore(type, member) ? "asks for more than before: " : "") + type + ": "
                                        + member));
            }
        });
        return new Compatibility(List.copyOf(broken), List.copyOf(added));
    }

    /** The earlier API with what was added: what may be written down without a further thought. */
    static PublicApi union(PublicApi before, PublicApi after) {
        NavigableMap<String, NavigableSet<String>> types = new TreeMap<>();
        before.types().forEach((type, members) -> types.put(type, new TreeSet<>(members)));
        after.types().forEach((type, members) -> {
            NavigableSet<String> then = before.types().get(type);
            members.stream()
                    .filter(member -> then == null || !asksForMore(type, member))
                    .forEach(types.computeIfAbsent(type, unknown -> new TreeSet<>())::add);
            types.computeIfAbsent(type, unknown -> new TreeSet<>());
        });
        return new PublicApi(types);
    }

    /** Whether a new member is one more to write for those who extend a type, or one more case for those who switch. */
    private static boolean asksForMore(String type, String member) {
        boolean isSealed = List.of(type.split(" ", -1)).contains("sealed");
        boolean isAbstract = List.of(member.split(" ", -1)).contains(ABSTRACT);
        return isSealed ? member.startsWith("permits ") : isAbstract;
    }

    private static NavigableSet<String> minus(NavigableSet<String> one, NavigableSet<String> other) {
        NavigableSet<String> rest = new TreeSet<>(one);
        rest.removeAll(other);
        return rest;
    }
}

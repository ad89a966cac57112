package io.rollcall.server.app.access;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.AccessRule;
import io.rollcall.api.model.Namespace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that one caller may do: the rules of his policies together, made ready. The longest rule wins: one for a namespace is
 * longer than one for all, an exact name is longer than any beginning of it. Of rules as long as each other a denial wins,
 * then the one that allows more. What no rule is for is denied. Immutable.
 */
final class Rights {

    /** May do nothing. */
    static final Rights NONE = of(List.of());

    /** What is open to all where nothing is denied by default; the rest needs somebody who answers for it. */
    static final Rights WITHOUT_TOKEN =
            of(Set.of(AccessResource.SERVICE, AccessResource.CONFIG, AccessResource.OPERATOR).stream()
                    .map(resource -> new AccessRule(resource, AccessLevel.WRITE, null, "", true))
                    .toList());

    private final List<AccessRule> rules;
    private final Map<AccessResource, OfResource> byResource = new EnumMap<>(AccessResource.class);

    private Rights(List<AccessRule> rules) {
        this.rules = List.copyOf(rules);
        for (AccessResource resource : AccessResource.values()) {
            byResource.put(
                    resource,
                    new OfResource(rules.stream()
                            .filter(rule -> rule.resource() == resource)
                            .toList()));
        }
    }

    static Rights of(List<AccessRule> rules) {
        return new Rights(rules);
    }

    /** Whether they were given by the same rules. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Rights rights && rules.equals(rights.rules));
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    private OfResource of(AccessResource resource) {
        OfResource rules = byResource.get(resource);
        if (rules == null) {
            throw new IllegalStateException("no rules of " + resource);
        }
        return rules;
    }

    /** Whether a name, or what has no names, is allowed. */
    boolean may(AccessResource resource, AccessLevel level, @Nullable Namespace namespace, String name) {
        OfResource rules = of(resource);
        return rules.everywhere(level) || allows(level).test(rules.decide(namespace, name));
    }

    /** Whether all names of all namespaces are. */
    boolean mayEverywhere(AccessResource resource, AccessLevel level) {
        return of(resource).everywhere(level);
    }

    /** Whether all names of a namespace are that begin so; false also where that is only hard to tell. */
    boolean mayAll(AccessResource resource, AccessLevel level, Namespace namespace, String prefix) {
        OfResource rules = of(resource);
        return rules.everywhere(level) || rules.allUnder(namespace, prefix, allows(level));
    }

    /** Whether a name of a namespace may be allowed that begins so. */
    boolean maySome(AccessResource resource, AccessLevel level, Namespace namespace, String prefix) {
        OfResource rules = of(resource);
        return rules.everywhere(level) || rules.anyUnder(namespace, prefix, allows(level));
    }

    /** Whether a name of any namespace may be allowed. */
    boolean maySomewhere(AccessResource resource, AccessLevel level) {
        OfResource rules = of(resource);
        return rules.everywhere(level)
                || rules.anyUnder(null, "", allows(level))
                || rules.byNamespace.keySet().stream().anyMatch(known -> rules.anyUnder(known, "", allows(level)));
    }

    private static Predicate<@Nullable AccessLevel> allows(AccessLevel level) {
        return level == AccessLevel.READ ? Rights::reads : Rights::writes;
    }

    private static boolean reads(@Nullable AccessLevel level) {
        return level == AccessLevel.READ || level == AccessLevel.WRITE;
    }

    private static boolean writes(@Nullable AccessLevel level) {
        return level == AccessLevel.WRITE;
    }

    /** The rules for one kind of thing. */
    private static final class OfResource {

        private final NameRules all;
        private final Map<Namespace, NameRules> byNamespace = new HashMap<>();
        private final boolean readsEverywhere;
        private final boolean writesEverywhere;

        OfResource(List<AccessRule> rules) {
            Map<Namespace, List<AccessRule>> named = new HashMap<>();
            List<AccessRule> forAll = new ArrayList<>();
            for (AccessRule rule : rules) {
                Namespace namespace = rule.namespace();
                if (!rule.resource().isNamed()) {
                    forAll.add(new AccessRule(rule.resource(), rule.level(), null, "", true));
                } else if (namespace == null) {
                    forAll.add(rule);
                } else {
                    named.computeIfAbsent(namespace, n -> new ArrayList<>()).add(rule);
                }
            }
            all = forAll.isEmpty() ? NameRules.NONE : NameRules.of(forAll);
            named.forEach((namespace, those) -> byNamespace.put(namespace, NameRules.of(those)));
            readsEverywhere = covers(Rights::reads);
            writesEverywhere = covers(Rights::writes);
        }

        private boolean covers(Predicate<@Nullable AccessLevel> allows) {
            return allows.test(all.decideUnder(""))
                    && all.allUnder("", allows)
                    && byNamespace.values().stream().allMatch(rules -> rules.allUnder("", allows));
        }

        boolean everywhere(AccessLevel level) {
            return level == AccessLevel.READ ? readsEverywhere : writesEverywhere;
        }

        private NameRules of(@Nullable Namespace namespace) {
            return namespace == null || byNamespace.isEmpty()
                    ? NameRules.NONE
                    : byNamespace.getOrDefault(namespace, NameRules.NONE);
        }

        @Nullable
        AccessLevel decide(@Nullable Namespace namespace, String name) {
            AccessLevel own = of(namespace).decide(name);
            return own == null ? all.decide(name) : own;
        }

        boolean allUnder(Namespace namespace, String prefix, Predicate<@Nullable AccessLevel> allows) {
            NameRules own = of(namespace);
            AccessLevel base = own.decideUnder(prefix);
            if (!own.allUnder(prefix, allows)) {
                return false;
            }
            return base == null
                    ? allows.test(all.decideUnder(prefix)) && all.allUnder(prefix, allows)
                    : allows.test(base);
        }

        boolean anyUnder(@Nullable Namespace namespace, String prefix, Predicate<@Nullable AccessLevel> allows) {
            Predicate<String> isAllowed = name -> allows.test(decide(namespace, name));
            return of(namespace).anyUnder(prefix, isAllowed) || all.anyUnder(prefix, isAllowed);
        }
    }
}

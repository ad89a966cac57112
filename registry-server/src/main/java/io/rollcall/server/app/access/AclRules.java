package io.rollcall.server.app.access;

import io.rollcall.api.model.AccessRule;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Names;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Texts;
import io.rollcall.api.model.Violations;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/** What tokens and policies may be like, checked at the edge. */
final class AclRules {

    /** Longest description, in characters. */
    static final int MAX_DESCRIPTION_LENGTH = 256;

    /** Most rules of a policy. */
    static final int MAX_RULES = 256;

    /** Most policies of a token. */
    static final int MAX_POLICIES_PER_TOKEN = 32;

    /** Longest life that can be given to a token; one that holds for ever needs none. */
    static final Duration MAX_TTL = Duration.ofDays(3_650);

    private AclRules() {}

    static void check(TokenOrder order) {
        Violations violations = new Violations();
        name("identity", order.identity(), violations);
        description(order.description(), violations);
        if (order.policies().size() > MAX_POLICIES_PER_TOKEN) {
            violations.add("policies", "must be at most " + MAX_POLICIES_PER_TOKEN + " names", MAX_POLICIES_PER_TOKEN);
        }
        for (int i = 0; i < Math.min(order.policies().size(), MAX_POLICIES_PER_TOKEN); i++) {
            name("policies[" + i + "]", order.policies().get(i), violations);
        }
        if (new HashSet<>(order.policies()).size() < order.policies().size()) {
            violations.add("policies", "must not name one twice");
        }
        ttl("ttl", order.ttl(), violations);
        violations.throwIfAny();
    }

    static void ttl(String field, Duration ttl, Violations violations) {
        boolean isShort = !ttl.isZero() && ttl.compareTo(Duration.ofSeconds(1)) < 0;
        if (isShort || ttl.compareTo(MAX_TTL) > 0) {
            violations.add(field, "must be 0s or 1s to " + MAX_TTL.toDays() + "d", MAX_TTL.toDays() + "d");
        }
    }

    static void check(String policy, String description, List<AccessRule> rules) {
        Violations violations = new Violations();
        name("name", policy, violations);
        description(description, violations);
        if (rules.size() > MAX_RULES) {
            violations.add("rules", "must be at most " + MAX_RULES, MAX_RULES);
        }
        for (int i = 0; i < Math.min(rules.size(), MAX_RULES); i++) {
            rule("rules[" + i + "]", rules.get(i), violations);
        }
        violations.throwIfAny();
    }

    private static void rule(String field, AccessRule rule, Violations violations) {
        if (!rule.resource().isNamed()) {
            if (rule.prefix() || !rule.name().isEmpty() || rule.namespace() != null) {
                violations.add(
                        field,
                        "must have neither name nor prefix nor namespace: '"
                                + rule.resource().wireName() + "' is one for the whole cluster");
            }
            return;
        }
        if (rule.prefix()) {
            if (rule.name().length() > ConfigKey.MAX_LENGTH || Texts.hasForbidden(rule.name(), false)) {
                violations.add(
                        field + ".prefix",
                        "must have at most " + ConfigKey.MAX_LENGTH + " characters, and no control characters",
                        ConfigKey.MAX_LENGTH);
            }
            return;
        }
        switch (rule.resource()) {
            case SERVICE -> name(field + ".name", rule.name(), violations);
            case CONFIG, SECRET -> {
                var unused = violations.collect(() -> key(field, rule));
            }
            case OPERATOR, ACL, KEYS -> throw new IllegalStateException("has no names: " + rule.resource());
        }
    }

    private static ConfigKey key(String field, AccessRule rule) {
        try {
            return new ConfigKey(Namespace.DEFAULT, rule.name());
        } catch (InvalidRequestException e) {
            Violations renamed = new Violations();
            e.violations().forEach(found -> renamed.add(field + ".name", found.message(), found.limit()));
            throw new InvalidRequestException(renamed.list());
        }
    }

    static void name(String field, String value, Violations violations) {
        var unused = violations.collect(() -> {
            Names.requireName(field, value);
            return value;
        });
    }

    private static void description(String text, Violations violations) {
        if (text.length() > MAX_DESCRIPTION_LENGTH) {
            violations.add(
                    "description",
                    "must have at most " + MAX_DESCRIPTION_LENGTH + " characters, has " + text.length(),
                    MAX_DESCRIPTION_LENGTH);
        } else if (Texts.hasForbidden(text, false)) {
            violations.add("description", "must not contain control characters or half a surrogate pair");
        }
    }
}

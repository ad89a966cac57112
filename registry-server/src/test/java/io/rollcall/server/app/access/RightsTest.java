package io.rollcall.server.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.AccessRule;
import io.rollcall.api.model.Namespace;
import io.rollcall.server.view.TestAcl;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RightsTest {

    private static final Namespace TEAM = new Namespace("team");

    private static Rights rights(String rules) {
        return Rights.of(Stream.of(rules.split(","))
                .map(String::strip)
                .map(TestAcl::rule)
                .toList());
    }

    private static boolean mayService(String rules, AccessLevel level, String name) {
        return rights(rules).may(AccessResource.SERVICE, level, Namespace.DEFAULT, name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "service:read orders; orders; true; false",
                "service:read orders; orders-1; false; false",
                "service:write orders; orders; true; true",
                "service:write ord*; orders; true; true",
                "service:write *; orders; true; true",
                "config:write *; orders; false; false",
                "service:write *, service:read orders; orders; true; false",
                "service:write orders*, service:deny orders-secret*; orders-secret-1; false; false",
                "service:write orders*, service:deny orders-secret*; orders-sec; true; true",
                "service:deny *, service:read orders; orders; true; false",
                "service:deny orders, service:write orders; orders; false; false",
                "service:deny orders, service:write orders*; orders; false; false",
                "service:read orders, service:write orders; orders; true; true",
                "service:read default//orders, service:write orders; orders; true; false",
                "service:deny default//*, service:write orders; orders; false; false",
                "service:write team//orders; orders; false; false",
            })
    void theLongestRuleWinsAndADenialBeatsItsEquals(String rules, String name, boolean reads, boolean writes) {
        assertThat(mayService(rules, AccessLevel.READ, name)).isEqualTo(reads);
        assertThat(mayService(rules, AccessLevel.WRITE, name)).isEqualTo(writes);
    }

    @Test
    void whatHasNoNamesIsAllowedAsAWhole() {
        assertThat(rights("operator:read").may(AccessResource.OPERATOR, AccessLevel.READ, null, ""))
                .isTrue();
        assertThat(rights("operator:read").may(AccessResource.OPERATOR, AccessLevel.WRITE, null, ""))
                .isFalse();
        assertThat(rights("acl:write, acl:deny").may(AccessResource.ACL, AccessLevel.READ, null, ""))
                .isFalse();
        assertThat(rights("keys:write *").may(AccessResource.KEYS, AccessLevel.WRITE, null, ""))
                .isTrue();
    }

    @Test
    void withoutATokenTokensKeysAndSecretsStayShut() {
        for (var resource : AccessResource.values()) {
            var open = List.of(AccessResource.SERVICE, AccessResource.CONFIG, AccessResource.OPERATOR)
                    .contains(resource);
            assertThat(Rights.WITHOUT_TOKEN.may(resource, AccessLevel.READ, Namespace.DEFAULT, "a"))
                    .isEqualTo(open);
            assertThat(Rights.WITHOUT_TOKEN.mayEverywhere(resource, AccessLevel.WRITE))
                    .isEqualTo(open);
        }
    }

    @Test
    void someAndAllAreToldOfABeginning() {
        var rights = rights("service:read orders*, service:deny orders-secret, service:write team//*");

        assertThat(rights.mayAll(AccessResource.SERVICE, AccessLevel.READ, Namespace.DEFAULT, ""))
                .isFalse();
        assertThat(rights.maySome(AccessResource.SERVICE, AccessLevel.READ, Namespace.DEFAULT, ""))
                .isTrue();
        assertThat(rights.mayAll(AccessResource.SERVICE, AccessLevel.READ, Namespace.DEFAULT, "orders-x"))
                .isTrue();
        assertThat(rights.mayAll(AccessResource.SERVICE, AccessLevel.READ, Namespace.DEFAULT, "orders"))
                .isFalse();
        assertThat(rights.maySome(AccessResource.SERVICE, AccessLevel.READ, Namespace.DEFAULT, "b"))
                .isFalse();
        assertThat(rights.mayAll(AccessResource.SERVICE, AccessLevel.WRITE, TEAM, ""))
                .isTrue();
        assertThat(rights.mayEverywhere(AccessResource.SERVICE, AccessLevel.READ))
                .isFalse();
        assertThat(rights.maySomewhere(AccessResource.SERVICE, AccessLevel.WRITE))
                .isTrue();
        assertThat(rights.maySomewhere(AccessResource.CONFIG, AccessLevel.READ)).isFalse();
    }

    /** The rules in words: go through all, keep the longest, a denial before what allows. */
    private static boolean naive(List<AccessRule> rules, AccessLevel level, Namespace namespace, String name) {
        AccessLevel best = null;
        var bestLength = -1;
        for (var rule : rules) {
            var names = rule.prefix() ? name.startsWith(rule.name()) : name.equals(rule.name());
            if (!names || (rule.namespace() != null && !rule.namespace().equals(namespace))) {
                continue;
            }
            var length =
                    (rule.namespace() == null ? 0 : 10_000) + 2 * rule.name().length() + (rule.prefix() ? 0 : 1);
            var denies = rule.level() == AccessLevel.DENY || best == AccessLevel.DENY;
            if (length > bestLength) {
                best = rule.level();
            } else if (length == bestLength) {
                best = denies ? AccessLevel.DENY : rule.level() == AccessLevel.WRITE ? AccessLevel.WRITE : best;
            }
            bestLength = Math.max(length, bestLength);
        }
        return best != null && best != AccessLevel.DENY && (level == AccessLevel.READ || best == AccessLevel.WRITE);
    }

    @Test
    void randomRulesAreDecidedAsTheWordsSay() {
        var seed = Long.getLong("rollcall.test.seed", System.nanoTime());
        var random = new Random(seed);
        var names = names();
        for (var round = 0; round < 3_000; round++) {
            var rules = rules(random);
            var rights = Rights.of(rules);
            for (var namespace : List.of(Namespace.DEFAULT, TEAM)) {
                for (var level : List.of(AccessLevel.READ, AccessLevel.WRITE)) {
                    var allowed = names.stream()
                            .filter(name -> naive(rules, level, namespace, name))
                            .toList();
                    var as = "seed " + seed + ", round " + round + ", " + level + " in " + namespace + " by " + rules;
                    assertThat(names.stream()
                                    .filter(name -> rights.may(AccessResource.SERVICE, level, namespace, name)))
                            .as(as)
                            .containsExactlyElementsOf(allowed);
                    assertThatWholesHold(rights, level, namespace, allowed, as);
                }
            }
        }
    }

    /** What is said of all names, or of some, holds for those that there are. */
    private static void assertThatWholesHold(
            Rights rights, AccessLevel level, Namespace namespace, List<String> allowed, String as) {
        for (var prefix : List.of("", "a", "ab", "b")) {
            var under = names().stream().filter(name -> name.startsWith(prefix)).toList();
            if (rights.mayAll(AccessResource.SERVICE, level, namespace, prefix)) {
                assertThat(allowed).as(as + " all " + prefix).containsAll(under);
            }
            // A rule may allow a name that is none of these: some is said where none of them is allowed, never the
            // other way round.
            if (under.stream().anyMatch(allowed::contains)) {
                assertThat(rights.maySome(AccessResource.SERVICE, level, namespace, prefix))
                        .as(as + " some " + prefix)
                        .isTrue();
            }
        }
        if (rights.mayEverywhere(AccessResource.SERVICE, level)) {
            assertThat(allowed).as(as + " everywhere").isEqualTo(names());
        }
        if (!allowed.isEmpty()) {
            assertThat(rights.maySomewhere(AccessResource.SERVICE, level))
                    .as(as)
                    .isTrue();
        }
    }

    /** All names of one to four of these letters, which is longer than any rule. */
    private static List<String> names() {
        var names = new ArrayList<String>();
        for (var length = 1; length <= 4; length++) {
            for (var bits = 0; bits < 1 << length; bits++) {
                var name = new StringBuilder();
                for (var i = 0; i < length; i++) {
                    name.append((bits >> i & 1) == 0 ? 'a' : 'b');
                }
                names.add(name.toString());
            }
        }
        return names;
    }

    private static List<AccessRule> rules(Random random) {
        var rules = new ArrayList<AccessRule>();
        var names = names();
        for (var i = random.nextInt(7); i >= 0; i--) {
            var prefix = random.nextInt(3) > 0;
            var name = names.get(random.nextInt(14));
            rules.add(new AccessRule(
                    AccessResource.SERVICE,
                    List.of(AccessLevel.values()).get(random.nextInt(3)),
                    random.nextInt(3) == 0 ? TEAM : null,
                    prefix && random.nextInt(4) == 0 ? "" : name,
                    prefix));
        }
        return rules;
    }
}

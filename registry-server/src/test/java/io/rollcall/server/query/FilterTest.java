package io.rollcall.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.InstanceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tags.env == \"prod\" and version >= \"2.1\"",
                "name == \"orders\"",
                "id == \"orders-7\"",
                "namespace == \"default\"",
                "version == \"2.1.3\"",
                "host == \"10.0.0.7\"",
                "port == 8080",
                "port == \"8080\"",
                "port != 80",
                "port < 8081 and port <= 8080 and port > 8079 and port >= 8080",
                "port > -1",
                "port in (80, 8080)",
                "port not in (80)",
                "protocol == \"grpc\"",
                "protocol in (\"http\", \"grpc\")",
                "protocol matches \"^grp\"",
                "zone == \"eu-1\"",
                "zone in (\"a\",\"eu-1\")",
                "zone not in (\"a\",\"b\")",
                "zone is not empty",
                "weight == 7",
                "ttl == \"30s\"",
                "ttl == 30s",
                "ttl == \"30000ms\"",
                "ttl < 1m",
                "ttl in (10s, 30s)",
                "deregisterAfter == 0s",
                "deregisterAfter <= \"0ms\"",
                "incarnation > 3",
                "status == \"warning\"",
                "status in (\"passing\", \"warning\")",
                "status contains \"warn\"",
                "status matches \"^w\"",
                "statusReason contains \"503\"",
                "statusSince == \"2026-11-22T12:00:00Z\"",
                "statusSince == \"2026-11-22T14:00:00+02:00\"",
                "statusSince > \"2026-11-22T11:59:59.999Z\"",
                "healthySince < \"2026-11-22T12:00:00Z\"",
                "healthySince is not empty",
                "registrationTime <= \"2026-11-22T11:00:00Z\"",
                "suspect == true",
                "suspect != false",
                "suspect == \"true\"",
                "suspect in (true)",
                "createIndex == 17",
                "modifyIndex >= 42",
                "\"env\" in tags",
                "\"dev\" not in tags",
                "tags contains \"env\"",
                "tags not contains \"dev\"",
                "tags is not empty",
                "tags.env in (\"prod\", \"stage\")",
                "tags.env matches \"^pr\"",
                "tags.env contains \"ro\"",
                "tags.team == \"ürsel \\\"x\\\"\"",
                "tags.team == 'ürsel \"x\"'",
                "tags.team == `ürsel \"x\"`",
                "tags.team == \"\\u00fcrsel \\\"x\\\"\"",
                "tags[\"app.kubernetes.io/name\"] == \"orders\"",
                "tags['env'] == \"prod\"",
                "tags.empty == \"\"",
                "tags.empty is empty",
                "\"rder\" in name",
                "\"web\" not in name",
                "name contains \"rder\"",
                "name not matches \"^rder\"",
                "name matches \"rder\"",
                "version satisfies \"^2.1\"",
                "version not satisfies \"^2.2\"",
                "version > \"2.1.3-rc.1\"",
                "version < \"2.1.10\"",
                "not name == \"x\"",
                "not not name == \"orders\"",
                "not (name == \"x\" or name == \"y\")",
                "name == \"x\" or name == \"orders\" and port == 8080",
                "(name == \"orders\" or name == \"x\") and port == 8080",
                "name==\"orders\"and port==8080",
                " \t\r\n name == 'orders' \n",
            })
    void holds(String expression) {
        assertThat(Filter.parse(expression).matches(Samples.full())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name == \"Orders\"",
                "name == \"orders\" and port == 1",
                "name == \"x\" or port == 1",
                "name == \"x\" and name == \"orders\" or port == 1",
                "not name == \"orders\" and port == 8080 and port == 1",
                "not name == \"orders\" or port == 1",
                "port > 8080",
                "port < 8080",
                "ttl > 30s",
                "version == \"2.1\"",
                "version satisfies \"~2.0\"",
                "version >= \"2.1.4\"",
                "tags.env != \"prod\"",
                "tags.ENV == \"prod\"",
                "tags is empty",
                "zone is empty",
                "suspect == false",
                "\"orders\" in tags",
                "name matches \"^rder\"",
                "statusSince < \"2026-11-22T12:00:00Z\"",
            })
    void doesNotHold(String expression) {
        assertThat(Filter.parse(expression).matches(Samples.full())).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tags.env == \"prod\"          | false",
                "tags.env != \"prod\"          | true",
                "tags.env == \"\"              | false",
                "tags.env in (\"prod\")        | false",
                "tags.env not in (\"prod\")    | true",
                "tags.env contains \"\"        | false",
                "tags.env not contains \"\"    | true",
                "tags.env matches \"\"         | false",
                "tags.env not matches \"\"     | true",
                "tags.env is empty             | true",
                "tags.env is not empty         | false",
                "\"env\" in tags               | false",
                "tags is empty                 | true",
                "healthySince is empty         | true",
                "healthySince < \"2030-01-01T00:00:00Z\"  | false",
                "healthySince >= \"1970-01-01T00:00:00Z\" | false",
                "healthySince != \"1970-01-01T00:00:00Z\" | true",
                "statusSince is empty          | false",
                "zone is empty                 | true",
                "zone == \"\"                  | true",
                "version is empty              | true",
                "version < \"1\"               | false",
                "version >= \"0\"              | false",
                "version satisfies \"*\"       | false",
                "version not satisfies \"*\"   | true",
            })
    void whatIsMissingIsUnequalToEverything(String expression, boolean expected) {
        assertThat(Filter.parse(expression).matches(Samples.bare())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2.1.0, true",
        "2.1, true",
        "2.10.0, true",
        "10, true",
        "v3.0.0, true",
        "2.1.0+build.7, true",
        "2.1.0-rc.1, false",
        "2.0.9, false",
        "1.99.99, false",
        "nightly, false",
        "2.1.0.4, false",
        "02.1.0, false",
        "2026.11.05, false",
        "'', false",
    })
    void versionsAreOrderedBySemVerAndOtherTextsAreNeverInOrder(String version, boolean expected) {
        assertThat(Filter.parse("version >= \"2.1\"").matches(Samples.withVersion(version)))
                .isEqualTo(expected);
    }

    @Test
    void orderOfAVersionThatDoesNotParseIsFalseBothWays() {
        assertThat(Filter.parse("version < \"2\" or version >= \"2\"").matches(Samples.withVersion("nightly")))
                .isFalse();
        assertThat(Filter.parse("not version < \"2\"").matches(Samples.withVersion("nightly")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "  ( name == 'a' )              | name == \"a\"",
                "name==`a`                      | name == \"a\"",
                "name == 'a' or (name == 'b' or name == 'c') | name == \"a\" or name == \"b\" or name == \"c\"",
                "(name == 'a' and name == 'b') or name == 'c' | name == \"a\" and name == \"b\" or name == \"c\"",
                "name == 'a' and (name == 'b' or name == 'c') | name == \"a\" and (name == \"b\" or name == \"c\")",
                "not (name == 'a')              | not name == \"a\"",
                "not (name == 'a' and id == 'b')| not (name == \"a\" and id == \"b\")",
                "\"k\" in tags                  | tags contains \"k\"",
                "\"k\" not in tags              | tags not contains \"k\"",
                "tags[\"env\"] == 'x'           | tags.env == \"x\"",
                "tags[\"a b\"] == 'x'           | tags[\"a b\"] == \"x\"",
                "tags[''] is not empty          | tags[\"\"] is not empty",
                "ttl == 60s                     | ttl == \"1m\"",
                "port == \"080\"                | port == 80",
                "suspect == \"true\"            | suspect == true",
                "statusSince > \"2026-01-01T01:00:00+01:00\" | statusSince > \"2026-01-01T00:00:00Z\"",
                "name in ('a','b')              | name in (\"a\", \"b\")",
                "name == \"\\u0007\\/\\ud83d\\ude00\\ud83d\" | name == \"\\u0007/\ud83d\ude00\\ud83d\"",
                "name == 'a\\b'                 | name == \"a\\\\b\"",
            })
    void textIsCanonical(String expression, String canonical) {
        Filter filter = Filter.parse(expression);

        assertThat(filter.text()).isEqualTo(canonical);
        assertThat(Filter.parse(canonical)).isEqualTo(filter).hasSameHashCodeAs(filter);
    }

    @Test
    void filtersOfDifferentTextsDiffer() {
        assertThat(Filter.parse("name == 'a'")).isNotEqualTo(Filter.parse("name == 'b'"));
        assertThat(Filter.parse("tags.a == 'x'")).isNotEqualTo(Filter.parse("tags.b == 'x'"));
    }

    @Test
    void everyStatusCanBeAskedFor() {
        for (InstanceStatus status : InstanceStatus.values()) {
            Filter filter = Filter.parse("status == \"" + status.wireName() + "\"");

            for (InstanceStatus other : InstanceStatus.values()) {
                assertThat(filter.matches(Samples.withStatus(other))).isEqualTo(other == status);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zone in (\"eu-1\", \"eu-2\") and not (tags.canary == \"true\" or weight == 0) | true",
                "\"team\" in tags and host matches \"^10\\\\.0\\\\.\" and version satisfies \"^2.1\" | true",
                "status == \"critical\" and statusSince < \"2026-11-22T12:00:00Z\" and healthySince is empty | false",
            })
    void examplesOfTheDocumentationWork(String expression, boolean expected) {
        assertThat(Filter.parse(expression).matches(Samples.full())).isEqualTo(expected);
    }

    @Test
    void tagKeyMayBeAnyText() {
        assertThat(Filter.parse("tags[\"a\\\"]b\\n\"] == 'x'").matches(Samples.withTag("a\"]b\n", "x")))
                .isTrue();
        assertThat(Filter.parse("tags.in == 'x' and tags.and-2.or == 'x'").matches(Samples.withTag("in", "x")))
                .isFalse();
        assertThat(Filter.parse("tags.0-a.b_c == 'x'").matches(Samples.withTag("0-a.b_c", "x")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "zone == 'eu-1' and (weight == 8 and port == 1)   | weight == 8                          | 7",
                "weight == 7 and not zone == 'eu-1'               | not zone == \"eu-1\"                 | \"eu-1\"",
                "tags.none == 'x'                                 | tags.none == \"x\"                   | absent",
                "zone == 'eu-2' or weight == 8                    | zone == \"eu-2\" or weight == 8      |",
                "version < '2.1' and weight == 8                  | version < \"2.1\"                    | \"2.1.3\"",
                "'none' in tags | tags contains \"none\" | {\"app.kubernetes.io/name\", \"empty\", \"env\", \"team\"}",
            })
    void firstPartThatFailsIsNamedWithTheValueOfItsField(String expression, String part, String actual) {
        assertThat(Filter.parse(expression).failure(Samples.full())).isEqualTo(new Filter.Failure(part, actual));
    }
}

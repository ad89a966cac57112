package io.rollcall.server.query;

import static io.rollcall.api.model.InstanceStatus.CRITICAL;
import static io.rollcall.api.model.InstanceStatus.DRAINING;
import static io.rollcall.api.model.InstanceStatus.PASSING;
import static io.rollcall.api.model.InstanceStatus.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SelectionTest {

    @Test
    void nothingAskedForIsWhatTakesTraffic() {
        Selection selection = Selection.parse(Map.of("consistency", List.of("stale"), "limit", List.of("7")));

        assertThat(selection).isEqualTo(Selection.DEFAULT);
        assertThat(selection.isDefault()).isTrue();
        assertThat(selection.statuses()).containsExactly(PASSING, WARNING);
        assertThat(selection.cacheKey()).isEqualTo("status=passing,warning");
    }

    @ParameterizedTest
    @EnumSource
    void defaultIsDecidedByStatusAlone(InstanceStatus status) {
        assertThat(Selection.DEFAULT.matches(Samples.withStatus(status))).isEqualTo(status.takesTraffic());
        assertThat(Selection.ALL.matches(Samples.withStatus(status))).isTrue();
        assertThat(parse("status=" + status.wireName()).matches(Samples.withStatus(status)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status=any                        | passing,warning,critical,starting,draining,maintenance",
                "status=critical                   | critical",
                "status=draining,critical          | critical,draining",
                "status=draining&status=critical   | critical,draining",
                "status=critical,critical          | critical",
                "status=critical&status=any        | passing,warning,critical,starting,draining,maintenance",
                "status=warning,passing            | passing,warning",
            })
    void statusIsAListAndRepeats(String query, String expected) {
        assertThat(parse(query).statuses().stream().map(InstanceStatus::wireName))
                .containsExactly(expected.split(","));
    }

    @Test
    void defaultStatusesSpelledOutAreTheDefault() {
        assertThat(parse("status=warning&status=passing").isDefault()).isTrue();
        assertThat(parse("status=passing").isDefault()).isFalse();
        assertThat(parse("status=any").isDefault()).isFalse();
        assertThat(parse("status=any")).isEqualTo(Selection.ALL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tag=env:prod                    | true",
                "tag=env:prod&tag=empty:         | true",
                "tag=env:prod&tag=env:prod       | true",
                "tag=env:dev                     | false",
                "tag=env:                        | false",
                "tag=env:prod&tag=env:dev        | false",
                "tag=env:prod&tag=none:x         | false",
                "tag=none:                       | false",
                "version=2.1.3                   | true",
                "version=2.1                     | false",
                "zone=eu-1                       | true",
                "zone=eu                         | false",
                "protocol=grpc                   | true",
                "protocol=http                   | false",
                "filter=port == 8080             | true",
                "filter=port == 1                | false",
                "status=warning&tag=env:prod&version=2.1.3&zone=eu-1&protocol=grpc&filter=weight == 7 | true",
                "status=passing&tag=env:prod&version=2.1.3&zone=eu-1&protocol=grpc&filter=weight == 7 | false",
                "status=warning&tag=env:prod&version=2.1.3&zone=eu-1&protocol=grpc&filter=weight == 8 | false",
            })
    void everyPartMustHold(String query, boolean expected) {
        Instance instance = Samples.full();
        Selection selection = parse(query);

        assertThat(selection.matches(instance)).isEqualTo(expected);
        assertThat(selection.isDefault()).isFalse();
    }

    @Test
    void valueOfATagMayHoldColons() {
        Selection selection = parse("tag=url:http://a:80");

        assertThat(selection.cacheKey()).endsWith("&tag=\"url\":\"http://a:80\"");
        assertThat(selection.matches(Samples.withTag("url", "http://a:80"))).isTrue();
    }

    @Test
    void everyBadParameterIsNamedAtOnce() {
        InvalidRequestException refusal = catchThrowableOfType(
                InvalidRequestException.class,
                () -> parse("status=passing,up&tag=env&version=&zone=a&zone=b&protocol=ws&filter=port = 1"));

        assertThat(refusal.violations())
                .containsExactlyInAnyOrder(
                        new Violation(
                                "status",
                                "must be one of passing, warning, critical, starting, draining, maintenance, or any"),
                        new Violation(
                                "tag",
                                "must be key:value, such as env:prod; for a key alone, or one with a colon in it, use"
                                        + " filter=\"env\" in tags"),
                        new Violation("version", "must not be empty; leave it out for any"),
                        new Violation("zone", "must be given once, is given 2 times", 1),
                        new Violation("protocol", "must be one of http, https, grpc, tcp, udp"),
                        new Violation("filter", "has a single =; write == to compare, at position 5", null, 5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=",
                "status=any,",
                "status=passing,,warning",
                "status=passing, warning",
                "status=PASSING",
                "tag=",
                "tag=:v",
                "tag=env",
                "version=",
                "zone=",
                "protocol=",
                "filter=",
                "filter= ",
                "version=1&version=1",
                "filter=port == 1&filter=port == 2",
            })
    void badParameterIsNamed(String query) {
        InvalidRequestException refusal = catchThrowableOfType(InvalidRequestException.class, () -> parse(query));

        assertThat(refusal).as(query).isNotNull();
        assertThat(refusal.violations())
                .extracting(Violation::field)
                .containsExactly(query.substring(0, query.indexOf('=')));
    }

    @Test
    void tagsAreBound() {
        List<String> most = Collections.nCopies(Selection.MAX_TAGS, "a:b");
        List<String> more = Collections.nCopies(Selection.MAX_TAGS + 1, "a:b");

        assertThat(Selection.parse(Map.of("tag", most))).isEqualTo(parse("tag=a:b"));
        InvalidRequestException refusal =
                catchThrowableOfType(InvalidRequestException.class, () -> Selection.parse(Map.of("tag", more)));
        assertThat(refusal.violations())
                .containsExactly(new Violation("tag", "must be given at most 64 times, is 65", 64));
    }

    @Test
    void cacheKeyIsCanonical() {
        Selection selection = parse("filter=( port==8080 )&protocol=grpc&zone=z&version=1&tag=b:2&tag=a:1&tag=b:2"
                + "&status=critical,passing&status=draining");

        assertThat(selection.cacheKey())
                .isEqualTo("status=passing,critical,draining&tag=\"a\":\"1\"&tag=\"b\":\"2\"&version=\"1\"&zone=\"z\""
                        + "&protocol=grpc&filter=port == 8080");
        assertThat(parse("status=draining,passing,critical&tag=a:1&tag=b:2&version=1&zone=z&protocol=grpc"
                        + "&filter=port == \"8080\""))
                .isEqualTo(selection)
                .hasSameHashCodeAs(selection);
    }

    @Test
    void cacheKeysAreEqualExactlyForEqualSelections() {
        List<Selection> different = Stream.of(
                        "",
                        "status=any",
                        "status=critical",
                        "tag=a:b",
                        "tag=a:b&tag=c:d",
                        "tag=a:b\"&tag=\"c\":\"d",
                        "tag=a\":\"b:",
                        "version=1",
                        "zone=1",
                        "version=1\"&zone=\"1",
                        "version=1&zone=1",
                        "protocol=http",
                        "filter=zone == \"1\"",
                        "filter=version == \"1\"")
                .map(SelectionTest::parseLoosely)
                .toList();

        assertThat(different).extracting(Selection::cacheKey).doesNotHaveDuplicates();
        assertThat(different).doesNotHaveDuplicates();
    }

    @Test
    void selectionKeepsItsOwnOrder() {
        Selection selection = new Selection(
                Set.of(DRAINING, CRITICAL),
                List.of(new RequiredTag("b", "2"), new RequiredTag("a", "1"), new RequiredTag("b", "2")),
                null,
                null,
                Protocol.HTTP,
                null);

        assertThat(selection.statuses()).containsExactly(CRITICAL, DRAINING);
        assertThat(selection.steps())
                .containsExactly(
                        new Step.OfStatus(EnumSet.of(CRITICAL, DRAINING)),
                        new Step.OfProtocol(Protocol.HTTP),
                        new Step.OfTags(List.of(new RequiredTag("a", "1"), new RequiredTag("b", "2"))));
    }

    /** A query string without percent-encoding, of which each value ends where the next parameter begins. */
    private static Selection parse(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&(?=(?:status|tag|version|zone|protocol|filter)=)", -1)) {
            add(parameters, pair);
        }
        return Selection.parse(parameters);
    }

    /** As above; a value may hold an ampersand before a quote. */
    private static Selection parseLoosely(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("(?<!\")&(?=(?:status|tag|version|zone|protocol|filter)=)", -1)) {
            add(parameters, pair);
        }
        return Selection.parse(parameters);
    }

    private static void add(Map<String, List<String>> parameters, String pair) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
            parameters
                    .computeIfAbsent(pair.substring(0, equals), name -> new ArrayList<>())
                    .add(pair.substring(equals + 1));
        }
    }
}

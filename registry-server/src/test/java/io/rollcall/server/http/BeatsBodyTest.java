package io.rollcall.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Violation;
import io.rollcall.api.model.Violations;
import io.rollcall.server.app.Beat;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BeatsBodyTest {

    private final Violations violations = new Violations();

    private List<Beat> read(String json) {
        var bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return BeatsBody.read(bytes, new Namespace("team-a"), violations);
    }

    private static Beat beat(String name, String id, Long incarnation) {
        return new Beat(InstanceKey.of("team-a", name, id), incarnation);
    }

    @Test
    void beatsComeInTheirOrderAndMayBeThereTwice() {
        var beats = read("{'instances':[{'name':'orders','id':'a','incarnation':7},{'id':'b','name':'orders'},"
                + "{'name':'users','id':'a','incarnation':null},{'name':'orders','id':'a','incarnation':7}]}");

        assertThat(violations.list()).isEmpty();
        assertThat(beats)
                .containsExactly(
                        beat("orders", "a", 7L),
                        beat("orders", "b", null),
                        beat("users", "a", null),
                        beat("orders", "a", 7L));
    }

    @Test
    void arrayAloneIsTakenToo() {
        assertThat(read("[{'name':'orders','id':'a'}]")).containsExactly(beat("orders", "a", null));
        assertThat(violations.list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "``; body",
                "7; body",
                "'text'; body",
                "null; body",
                "{}; instances",
                "[]; instances",
                "{'instances':[]}; instances",
                "{'instances':7}; instances",
                "{'instances':null}; instances",
                "{'instances':{'a':[1]}}; instances",
                "{'instances':[GOOD],'dryRun':{'a':[true]}}; dryRun",
                "{'instances':[GOOD],'instances':[GOOD]}; instances",
                "[GOOD] [GOOD]; body",
                "[7]; instances[0]",
                "[GOOD,[GOOD],null]; instances[1],instances[2]",
                "[{}]; instances[0].name,instances[0].id",
                "[GOOD,{'name':'orders'}]; instances[1].id",
                "[{'name':null,'id':'a'}]; instances[0].name",
                "[{'name':'-x','id':'a b'}]; instances[0].name,instances[0].id",
                "[GOOD,{'name':'','id':'..'}]; instances[1].name,instances[1].id",
                "[{'name':7,'id':['a']}]; instances[0].name,instances[0].id",
                "[{'name':'x','name':'x','id':'a'}]; instances[0].name",
                "[{'name':'x','id':'a','id':'a'}]; instances[0].id",
                "[{'name':'x','id':'a','incarnation':1,'incarnation':1}]; instances[0].incarnation",
                "[{'name':'x','id':'a','incarnation':0}]; instances[0].incarnation",
                "[{'name':'x','id':'a','incarnation':-1}]; instances[0].incarnation",
                "[{'name':'x','id':'a','incarnation':'1'}]; instances[0].incarnation",
                "[{'name':'x','id':'a','incarnation':1.0}]; instances[0].incarnation",
                "[{'name':'x','id':'a','incarnation':9223372036854775808}]; instances[0].incarnation",
                "[{'name':'x','id':'a','ttl':'1s','x':{'y':[]}}]; instances[0].ttl,instances[0].x",
            })
    void everyBadFieldIsNamed(String body, String expected) {
        read(body.replace("GOOD", "{'name':'orders','id':'a'}"));

        assertThat(violations.list()).extracting(Violation::field).containsExactlyInAnyOrder(expected.split(","));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "[; line 1",
                "[{'name':'x'; line 1",
                "[{'name':'x','id':'a'},]; line 1, column 24",
                "[{'name':'x' 'id':'a'}]; line 1",
                "{'instances':[{'name':'x','id':'a'}]; line 1",
                "[{name:'x'}]; line 1",
                "[]]; line 1",
                "[{'name':'x','id':'a','y':[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]; beyond what is read",
            })
    void malformedJsonIsRefusedWithItsPlace(String body, String place) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("body ")
                .hasMessageContaining(place);
    }

    @Test
    void lengthOfABatchIsBounded() {
        var item = "{'name':'orders','id':'a'}";

        assertThat(read("[" + String.join(",", Collections.nCopies(10_000, item)) + "]"))
                .hasSize(10_000);
        assertThat(violations.list()).isEmpty();

        read("[" + String.join(",", Collections.nCopies(10_002, item)) + "]");
        assertThat(violations.list())
                .containsExactly(new Violation("instances", "must have 1 to 10000 entries, has 10002", 10_000));
    }

    @Test
    void badBatchesAreNotNamedWithoutEnd() {
        read("[" + String.join(",", Collections.nCopies(10_000, "{}")) + "]");

        assertThat(violations.list()).hasSize(Violations.MAX_FINDINGS + 1);
    }
}

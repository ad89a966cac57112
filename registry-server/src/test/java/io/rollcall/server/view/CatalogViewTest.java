package io.rollcall.server.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.query.Selection;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceRemoved;
import io.rollcall.statemachine.change.RegistryChange.LeaseMarked;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.state.KeysetRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CatalogViewTest {

    private static final ServiceKey ORDERS = ServiceKey.of("default", "orders");

    private final CatalogView view = new CatalogView();
    private long index;

    private static Instance instance(String id, InstanceStatus status, long modifyIndex) {
        Registration registration = Registration.builder(InstanceKey.of("default", "orders", id))
                .address("10.0.0.1", 80)
                .protocol(Protocol.GRPC)
                .build();
        Instant time = Instant.ofEpochMilli(1_000);
        return new Instance(registration, modifyIndex, status, "", time, null, false, time, modifyIndex, modifyIndex);
    }

    private Instance put(String id, InstanceStatus status, @Nullable Instance before) {
        Instance after = instance(id, status, ++index);
        apply(new InstanceChanged(index, before, after));
        return after;
    }

    private void apply(RegistryChange change) {
        view.changed(new ChangeBatch(index + 100, index, 5_000, List.of(change)));
    }

    private ServiceState orders() {
        return view.current().service(ORDERS);
    }

    private static List<String> idsOf(EncodedAnswer answer) throws IOException {
        List<String> ids = new ArrayList<>();
        JsonNode json = Json.mapper().readTree(answer.body());
        json.get("instances").forEach(node -> ids.add(node.get("id").asText()));
        return ids;
    }

    @Test
    void discoveryReturnsWhatTakesTrafficInTheOrderOfIds() throws IOException {
        put("b", InstanceStatus.PASSING, null);
        put("c", InstanceStatus.CRITICAL, null);
        put("a", InstanceStatus.WARNING, null);

        EncodedAnswer answer = orders().answer(AnswerQuery.DEFAULT);

        assertThat(idsOf(answer)).containsExactly("a", "b");
        assertThat(answer.index()).isEqualTo(3);
        assertThat(orders().answer(AnswerQuery.DEFAULT)).isSameAs(answer);
    }

    @Test
    void theVersionMovesOnlyByWhatTheQueryReturns() {
        put("a", InstanceStatus.PASSING, null);
        Instance starting = put("b", InstanceStatus.STARTING, null);
        assertThat(orders().answer(AnswerQuery.DEFAULT).index()).isEqualTo(1);

        put("b", InstanceStatus.PASSING, starting);

        assertThat(orders().answer(AnswerQuery.DEFAULT).index()).isEqualTo(3);
        assertThat(orders().indexes().index(Set.of(InstanceStatus.CRITICAL))).isEqualTo(1);
    }

    @Test
    void theVersionStaysAfterTheLastInstanceWent() throws IOException {
        Instance only = put("a", InstanceStatus.PASSING, null);
        index++;
        apply(new InstanceRemoved(index, only));

        EncodedAnswer answer = orders().answer(AnswerQuery.DEFAULT);

        assertThat(idsOf(answer)).isEmpty();
        assertThat(answer.index()).isEqualTo(2);
        assertThat(view.current().count(Namespace.DEFAULT).services()).isZero();
    }

    @Test
    void aSnapshotThatAReaderHoldsNeverChanges() throws IOException {
        put("a", InstanceStatus.PASSING, null);
        CatalogSnapshot held = view.current();
        put("b", InstanceStatus.PASSING, null);

        assertThat(idsOf(held.service(ORDERS).answer(AnswerQuery.DEFAULT))).containsExactly("a");
        assertThat(held.appliedIndex()).isEqualTo(1);
        assertThat(orders().size()).isEqualTo(2);
    }

    @Test
    void pagesGoOnWhereTheyEnded() throws IOException {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            put(id, InstanceStatus.PASSING, null);
        }

        EncodedAnswer first = orders().answer(page("", 2));
        EncodedAnswer second = orders().answer(page("b", 2));
        EncodedAnswer last = orders().answer(page("d", 2));

        assertThat(idsOf(first)).containsExactly("a", "b");
        assertThat(first.cursor()).isEqualTo("b");
        String sent = Json.mapper().readTree(first.body()).get("cursor").asText();
        assertThat(new String(Base64.getUrlDecoder().decode(sent), UTF_8)).isEqualTo("b");
        assertThat(idsOf(second)).containsExactly("c", "d");
        assertThat(idsOf(last)).containsExactly("e");
        assertThat(last.cursor()).isNull();
    }

    private static AnswerQuery page(String after, int limit) {
        return new AnswerQuery("page " + after + " " + limit, Selection.DEFAULT, after, limit);
    }

    @Test
    void manyShapesOfQueriesDoNotFillTheMemory() {
        put("a", InstanceStatus.PASSING, null);

        for (int i = 0; i < 1_000; i++) {
            AnswerQuery query = new AnswerQuery("shape " + i, Selection.DEFAULT, "", 10);
            assertThat(orders().answer(query).body()).isNotEmpty();
        }

        AnswerQuery late = new AnswerQuery("shape 999", Selection.DEFAULT, "", 10);
        assertThat(orders().answer(late)).isNotSameAs(orders().answer(late));
    }

    @Test
    void countsFollowChanges() {
        Instance a = put("a", InstanceStatus.PASSING, null);
        put("b", InstanceStatus.STARTING, null);
        put("a", InstanceStatus.MAINTENANCE, a);

        CatalogSnapshot.NamespaceCounts counts = view.current().count(Namespace.DEFAULT);

        assertThat(counts.services()).isEqualTo(1);
        assertThat(counts.instances().of(InstanceStatus.PASSING)).isZero();
        assertThat(counts.instances().of(InstanceStatus.MAINTENANCE)).isEqualTo(1);
        assertThat(counts.instances().of(InstanceStatus.STARTING)).isEqualTo(1);
        assertThat(counts.instances().of(Protocol.GRPC)).isEqualTo(2);
    }

    @Test
    void whatHappensInANamespaceMovesNoVersionOfAnother() {
        put("a", InstanceStatus.PASSING, null);
        Registration elsewhere = Registration.builder(InstanceKey.of("other", "orders", "a"))
                .address("10.0.0.1", 80)
                .build();
        Instant time = Instant.ofEpochMilli(1_000);
        index++;
        apply(new InstanceChanged(
                index,
                null,
                new Instance(elsewhere, index, InstanceStatus.PASSING, "", time, null, false, time, index, index)));

        assertThat(view.current().indexes(Namespace.DEFAULT).index(InstanceStatus.TAKES_TRAFFIC))
                .isEqualTo(1);
        assertThat(view.current().indexes(new Namespace("other")).index(InstanceStatus.TAKES_TRAFFIC))
                .isEqualTo(2);
        assertThat(view.current().indexes(new Namespace("third")).index(InstanceStatus.TAKES_TRAFFIC))
                .isEqualTo(1);
    }

    @Test
    void aMarkOfALeaseChangesNoAnswer() throws IOException {
        put("a", InstanceStatus.PASSING, null);
        EncodedAnswer before = orders().answer(AnswerQuery.DEFAULT);
        StatusIndexes indexes = orders().indexes();
        CatalogSnapshot held = view.current();
        index++;

        apply(new LeaseMarked(index, keyOf("a"), 900, 45_000));

        assertThat(entry("a").lastHeartbeatMillis()).isEqualTo(900);
        assertThat(entry("a").silentMillis()).isEqualTo(45_000);
        assertThat(orders().answer(AnswerQuery.DEFAULT)).isSameAs(before);
        assertThat(orders().indexes()).isSameAs(indexes);
        assertThat(new String(entry("a").json(), UTF_8)).doesNotContain("lastHeartbeat");
        assertThat(orders().counts().of(InstanceStatus.PASSING)).isEqualTo(1);
        assertThat(held.service(ORDERS).instance(new InstanceId("a")).silentMillis())
                .isZero();
    }

    @Test
    void aMarkStaysWithTheIncarnation() {
        Instance first = put("a", InstanceStatus.PASSING, null);
        apply(new LeaseMarked(++index, keyOf("a"), 900, 45_000));
        Instance changed = sameIncarnation(first, InstanceStatus.CRITICAL, ++index);
        apply(new InstanceChanged(index, first, changed));

        assertThat(entry("a").lastHeartbeatMillis()).isEqualTo(900);
        assertThat(entry("a").silentMillis()).isEqualTo(45_000);
        assertThat(entry("a").instance()).isEqualTo(changed);

        put("a", InstanceStatus.PASSING, changed);

        assertThat(entry("a").lastHeartbeatMillis()).isZero();
        assertThat(entry("a").silentMillis()).isZero();
    }

    @Test
    void aChangeAndAMarkOfOneEntryAreBothSeen() throws IOException {
        Instance first = put("a", InstanceStatus.PASSING, null);
        assertThat(idsOf(orders().answer(AnswerQuery.DEFAULT))).containsExactly("a");
        Instance changed = sameIncarnation(first, InstanceStatus.CRITICAL, 2);

        view.changed(new ChangeBatch(
                101,
                3,
                5_000,
                List.of(new LeaseMarked(3, keyOf("a"), 900, 0), new InstanceChanged(2, first, changed))));

        assertThat(idsOf(orders().answer(AnswerQuery.DEFAULT))).isEmpty();
        assertThat(entry("a").lastHeartbeatMillis()).isEqualTo(900);
    }

    private static InstanceKey keyOf(String id) {
        return InstanceKey.of("default", "orders", id);
    }

    private InstanceEntry entry(String id) {
        return orders().instance(new InstanceId(id));
    }

    private static Instance sameIncarnation(Instance first, InstanceStatus status, long modifyIndex) {
        return new Instance(
                first.registration(),
                first.incarnation(),
                status,
                "",
                first.statusSince(),
                null,
                false,
                first.registrationTime(),
                first.createIndex(),
                modifyIndex,
                status == InstanceStatus.CRITICAL,
                null,
                null);
    }

    @Test
    void aResetForgetsWhatWasThere() {
        put("gone", InstanceStatus.PASSING, null);

        view.reset(new OneInstance());

        assertThat(orders().instance(new InstanceId("gone"))).isNull();
        assertThat(orders().instance(new InstanceId("kept"))).isNotNull();
        assertThat(orders().answer(AnswerQuery.DEFAULT).index()).isEqualTo(40);
        assertThat(view.current().appliedIndex()).isEqualTo(50);
        assertThat(view.current().position().logIndex()).isEqualTo(60);
        assertThat(entry("kept").lastHeartbeatMillis()).isEqualTo(900);
        assertThat(entry("kept").silentMillis()).isEqualTo(45_000);
    }

    private static final class OneInstance implements StateReset {
        @Override
        public KeysetRecord keyset() {
            return null;
        }

        @Override
        public ChangeBatch position() {
            return new ChangeBatch(60, 50, 7_000, List.of());
        }

        @Override
        public void forEachService(BiConsumer<ServiceKey, Map<InstanceStatus, Long>> consumer) {
            consumer.accept(ORDERS, Map.of(InstanceStatus.PASSING, 40L));
        }

        @Override
        public void forEachInstance(Consumer<Instance> consumer) {
            consumer.accept(instance("kept", InstanceStatus.PASSING, 12));
        }

        @Override
        public void forEachLease(Consumer<LeaseMarked> consumer) {
            consumer.accept(new LeaseMarked(50, keyOf("kept"), 900, 45_000));
        }

        @Override
        public void forEachConfig(Consumer<ConfigEntry> consumer) {}

        @Override
        public void forEachPolicy(Consumer<AccessPolicy> consumer) {}

        @Override
        public void forEachToken(BiConsumer<AccessToken, String> consumer) {}

        @Override
        public void forEachConfigFloor(ObjLongConsumer<Namespace> consumer) {}
    }
}

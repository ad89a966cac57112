package io.rollcall.statemachine.apply;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Operation;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Registration;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.state.EventRecord;
import io.rollcall.statemachine.state.InstanceRecord;
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.Mutation.PutEvent;
import io.rollcall.statemachine.state.Mutation.PutInstance;
import io.rollcall.statemachine.state.Mutation.PutService;
import io.rollcall.statemachine.state.Mutation.PutTombstone;
import io.rollcall.statemachine.state.Mutation.RemoveInstance;
import io.rollcall.statemachine.state.Mutation.RemoveLease;
import io.rollcall.statemachine.state.Mutation.RemoveTombstone;
import io.rollcall.statemachine.state.ServiceRecord;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.state.TombstoneRecord;
import io.rollcall.statemachine.state.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a change of one instance writes, whichever rule changes it: the parts that belong together stay together. */
final class InstanceWrites {

    private final StateReader state;
    private final long index;
    private final long nowMillis;

    InstanceWrites(ApplyContext context) {
        this.state = context.state();
        this.index = context.index();
        this.nowMillis = context.nowMillis();
    }

    /** A new incarnation; nothing was judged of it yet. */
    InstanceRecord registered(Registration registration, @Nullable InstanceRecord present, CommandHeader header) {
        // The operator meant the id, not the process: a restart does not end a maintenance.
        OperatorWord word = present == null ? null : present.operatorWord();
        Standing standing = Standing.of(word, registration.healthCheck(), Vitals.FRESH);
        return new InstanceRecord(
                registration,
                index,
                present == null ? index : present.createIndex(),
                index,
                nowMillis,
                standing.status(),
                standing.reason(),
                nowMillis,
                standing.status().takesTraffic() ? nowMillis : 0,
                word,
                Vitals.FRESH,
                ownerAfter(present, header));
    }

    /** Who has an owner keeps it, whoever replaces it; what nobody owned falls to who registers it in their own name. */
    private static @Nullable String ownerAfter(@Nullable InstanceRecord present, CommandHeader header) {
        if (present != null && present.owner() != null) {
            return present.owner();
        }
        return header.authority() == Authority.NONE ? null : header.actor();
    }

    /** The same incarnation under another word or with other vitals; its status follows. */
    InstanceRecord changed(InstanceRecord present, @Nullable OperatorWord word, Vitals vitals) {
        Standing standing = Standing.of(word, present.registration().healthCheck(), vitals);
        boolean sameStatus = standing.status() == present.status();
        long healthySince = present.healthySinceMillis() == 0 ? nowMillis : present.healthySinceMillis();
        return new InstanceRecord(
                present.registration(),
                present.incarnation(),
                present.createIndex(),
                index,
                present.registeredAtMillis(),
                standing.status(),
                standing.reason(),
                sameStatus ? present.statusSinceMillis() : nowMillis,
                standing.status().takesTraffic() ? healthySince : 0,
                word,
                vitals,
                present.owner());
    }

    /** Puts a new incarnation in the place of whatever was there. */
    List<Mutation> registration(@Nullable InstanceRecord present, InstanceRecord stored, CommandHeader header) {
        Operation operation = present == null ? Operation.REGISTERED : Operation.REPLACED;
        List<Mutation> mutations = new ArrayList<>(change(present, stored, operation, header));
        InstanceKey key = stored.key();
        if (present == null && state.tombstone(key) != null) {
            mutations.add(new RemoveTombstone(key));
        }
        // What is not registered has no mark.
        if (present != null && state.lease(key) != null) {
            mutations.add(new RemoveLease(key));
        }
        return mutations;
    }

    /** Puts an instance as it is now. */
    List<Mutation> change(
            @Nullable InstanceRecord before, InstanceRecord after, Operation operation, CommandHeader header) {
        return List.of(
                new PutInstance(after), touchService(before, after), event(after.key(), before, operation, header));
    }

    /** Takes an instance away, leaving a tombstone. */
    List<Mutation> removal(InstanceRecord present, Operation operation, CommandHeader header) {
        List<Mutation> mutations = new ArrayList<>();
        mutations.add(new RemoveInstance(present.key()));
        mutations.add(new PutTombstone(new TombstoneRecord(present.key(), present.incarnation(), nowMillis)));
        mutations.add(touchService(present, null));
        mutations.add(event(present.key(), present, operation, header));
        if (state.lease(present.key()) != null) {
            mutations.add(new RemoveLease(present.key()));
        }
        return mutations;
    }

    private PutEvent event(
            InstanceKey key, @Nullable InstanceRecord before, Operation operation, CommandHeader header) {
        return new PutEvent(
                new EventRecord(key, index, nowMillis, operation, header.actor(), header.traceParent(), before));
    }

    private PutService touchService(@Nullable InstanceRecord before, @Nullable InstanceRecord after) {
        InstanceRecord either = after == null ? before : after;
        if (either == null) {
            throw new IllegalStateException("a change of nothing at index " + index);
        }
        ServiceRecord service = state.service(either.key().service());
        if (service == null) {
            service = new ServiceRecord(either.key().service(), Map.of());
        }
        if (before != null) {
            service = service.touched(before.status(), index);
        }
        if (after != null && (before == null || before.status() != after.status())) {
            service = service.touched(after.status(), index);
        }
        return new PutService(service);
    }

    static @Nullable Instance instanceOf(@Nullable InstanceRecord record) {
        return record == null ? null : record.toInstance();
    }
}

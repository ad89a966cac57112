package io.rollcall.statemachine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceRemoved;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandBatch;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.history.EventPage;
import io.rollcall.statemachine.history.EventQuery;
import io.rollcall.statemachine.history.Past;
import io.rollcall.statemachine.history.PastEvent;
import io.rollcall.statemachine.snapshot.SnapshotFolder;
import io.rollcall.statemachine.state.Sealed;
import io.rollcall.statemachine.store.Moment;
import io.rollcall.statemachine.store.RegistryStore;
import io.rollcall.statemachine.store.RocksRegistryStore;
import io.rollcall.statemachine.store.StoreFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A long random run, and its past at many instants against what was told while it ran. */
final class PastOfARandomRunIT {

    private static final int ENTRIES = 500;
    private static final int INSTANTS = 1_000;
    private static final ServiceKey ORDERS = Commands.key("b0").service();

    @TempDir
    private Path folder;

    private final Recorder recorder = new Recorder();

    @Test
    void thePastIsAsItWasToldAlsoAfterASnapshotWasInstalled(TestReporter reporter) throws Exception {
        long seed = Long.getLong("rollcall.test.seed", System.nanoTime());
        reporter.publishEntry("rollcall.test.seed", Long.toString(seed));
        Random random = new Random(seed);
        RocksRegistryStore store = StoreFiles.open(folder.resolve("db"));
        run(store, seed, random);

        assertPast(store, INSTANTS, seed, random);
        var snapshot = new SnapshotFolder(folder.resolve("sm")).write(store);
        store.close();
        SnapshotFolder.restore(snapshot, folder.resolve("other"));

        try (RocksRegistryStore other = StoreFiles.open(folder.resolve("other"))) {
            assertPast(other, INSTANTS / 10, seed, random);
            trim(other);
            assertThat(other.recomputeDigest()).isEqualTo(other.digest());
            assertPast(other, INSTANTS / 10, seed, random);
        }
    }

    private void run(RegistryStore store, long seed, Random random) {
        CommandApplier applier = new CommandApplier(store, recorder, new DigestLog());
        RandomCommands commands = new RandomCommands(seed, store.reader());
        for (int i = 1; i <= ENTRIES; i++) {
            CommandBatch entry = commands.entry();
            List<Command> kept = new ArrayList<>(entry.commands());
            kept.removeIf(Command.TrimHistory.class::isInstance);
            kept.add(ofAnotherService(random));
            applier.apply(1, i, new CommandBatch(entry.proposedAtMillis(), kept));
            if (i % 200 == 0) {
                store.flush();
            }
        }
    }

    private static Command ofAnotherService(Random random) {
        InstanceKey key = InstanceKey.of("default", "service-" + random.nextInt(4), "i" + random.nextInt(3));
        Registration registration =
                Registration.builder(key).address("10.0.0.2", 80).build();
        return random.nextInt(3) == 0
                ? new Command.DeregisterInstance(Commands.header(), key, null, Precondition.NONE)
                : new Command.RegisterInstance(
                        Commands.header(), registration, RegisterMode.TAKE_OVER, Precondition.NONE);
    }

    private static void trim(RegistryStore store) {
        CommandApplier applier = new CommandApplier(store, new Recorder(), new DigestLog());
        long now = store.reader().applied().clockMillis();
        long half = store.reader().history().bytes() / 2;
        for (int i = 1; store.reader().history().bytes() > half; i++) {
            Command trim = new Command.TrimHistory(Commands.header(), 1, 0, half, 200);
            applier.apply(1, ENTRIES + i, new CommandBatch(now, List.of(trim)));
        }
    }

    private void assertPast(RegistryStore store, int instants, long seed, Random random) {
        long first = recorder.changes.get(0).timeMillis();
        int known = 0;
        for (int i = 0; i < instants; i++) {
            long instant = first + (long) (random.nextDouble() * (recorder.lastMillis - first + 2));
            if (store.atOneMoment(moment -> assertAt(past(moment), instant, seed))) {
                known++;
            }
        }
        assertThat(known).as("instants that are known, seed %d", seed).isGreaterThan(instants / 5);
        store.atOneMoment(moment -> assertEvents(past(moment), seed, random));
    }

    /** Seals are put anew at random here, to other contents: what is told of an instance is all but its secrets. */
    private static Past past(Moment moment) {
        return new Past(moment).opened(stored -> stored.with(withoutSecrets(stored.registration())));
    }

    private static Registration withoutSecrets(Registration registration) {
        return Sealed.with(registration, new TreeMap<>(), new TreeMap<>());
    }

    private static Instance withoutSecrets(Instance instance) {
        return instance == null ? null : instance.with(withoutSecrets(instance.registration()));
    }

    private boolean assertAt(Past past, long instant, long seed) {
        if (instant < past.fromMillis()) {
            return false;
        }
        long index = past.indexAt(instant);
        Map<InstanceKey, Instance> then = recorder.state(change -> change.timeMillis() <= instant);
        Map<InstanceKey, Instance> told = new TreeMap<>();
        past.forEachService(
                Namespace.DEFAULT,
                index,
                service -> service.instances().values().forEach(it -> told.put(it.key(), it)));
        assertThat(told).as("at %d, seed %d", instant, seed).isEqualTo(then);
        Map<InstanceId, Instance> orders = new TreeMap<>();
        then.forEach((key, instance) -> {
            if (key.service().equals(ORDERS)) {
                orders.put(key.id(), instance);
            }
        });
        assertThat(past.service(ORDERS, index).instances()).isEqualTo(orders);
        InstanceKey one = Commands.key("b1");
        assertThat(past.instance(one, index)).isEqualTo(then.get(one));
        assertThat(recorder.state(change -> change.index() <= index)).isEqualTo(then);
        return true;
    }

    private boolean assertEvents(Past past, long seed, Random random) {
        List<Recorded> expected = new ArrayList<>();
        for (Recorded change : recorder.changes) {
            if (change.key().service().equals(ORDERS) && change.index() > past.fromIndex()) {
                expected.add(0, change);
            }
        }
        List<Recorded> read = new ArrayList<>();
        long until = Long.MAX_VALUE - 1;
        while (until > 0) {
            EventPage page = past.events(new EventQuery(ORDERS, 0, until, null, 1 + random.nextInt(50)));
            page.events().forEach(event -> read.add(recorded(event)));
            until = page.nextUntil();
        }
        assertThat(read).as("seed %d", seed).isEqualTo(expected);
        InstanceId one = new InstanceId("b2");
        assertThat(past.events(new EventQuery(ORDERS, 0, Long.MAX_VALUE - 1, one, 10_000))
                        .events())
                .extracting(PastOfARandomRunIT::recorded)
                .isEqualTo(expected.stream()
                        .filter(it -> it.key().id().equals(one))
                        .toList());
        return true;
    }

    private static Recorded recorded(PastEvent event) {
        return new Recorded(event.key(), event.index(), event.timeMillis(), event.before(), event.after());
    }

    private record Recorded(InstanceKey key, long index, long timeMillis, Instance before, Instance after) {
        private Recorded {
            before = withoutSecrets(before);
            after = withoutSecrets(after);
        }
    }

    private static final class Recorder implements ChangeSink {
        private final List<Recorded> changes = new ArrayList<>();
        private long lastMillis;

        @Override
        public void changed(ChangeBatch batch) {
            lastMillis = batch.clockMillis();
            for (RegistryChange change : batch.changes()) {
                if (change instanceof InstanceChanged it) {
                    changes.add(new Recorded(it.after().key(), it.index(), lastMillis, it.before(), it.after()));
                } else if (change instanceof InstanceRemoved it) {
                    changes.add(new Recorded(it.before().key(), it.index(), lastMillis, it.before(), null));
                }
            }
        }

        Map<InstanceKey, Instance> state(Predicate<Recorded> includes) {
            Map<InstanceKey, Instance> state = new TreeMap<>();
            for (Recorded change : changes) {
                if (!includes.test(change)) {
                    break;
                }
                if (change.after() == null) {
                    state.remove(change.key());
                } else {
                    state.put(change.key(), change.after());
                }
            }
            return state;
        }

        @Override
        public void reset(StateReset state) {
            throw new AssertionError("the applier resets nobody");
        }
    }
}

package io.rollcall.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.OperatorWord;
import io.rollcall.api.model.Registration;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.app.LocalCluster;
import io.rollcall.server.query.Selection;
import io.rollcall.server.watch.PastTouches.PastTouch;
import io.rollcall.server.watch.PastTouches.Touched;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import io.rollcall.statemachine.change.RegistryChange.InstanceRemoved;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandHeader;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.history.PastUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the stored history tells of touches is what followers were told when it happened. */
final class StoredTouchesIT {

    private static final Logger LOG = LoggerFactory.getLogger(StoredTouchesIT.class);
    private static final String SEED = "rollcall.test.seed";

    @TempDir
    Path folder;

    private final List<RegistryChange> told = new ArrayList<>();

    private final class Follower implements ChangeSink {
        @Override
        public void changed(ChangeBatch batch) {
            told.addAll(batch.changes());
        }

        @Override
        public void reset(StateReset state) {
            throw new AssertionError("no snapshot is installed here");
        }
    }

    private static Command command(Random random, int number) {
        var key = InstanceKey.of("default", "s" + random.nextInt(3), "i" + random.nextInt(4));
        var header = CommandHeader.of("r" + number);
        return switch (random.nextInt(4)) {
            case 0 -> new Command.DeregisterInstance(header, key, null, Precondition.NONE);
            case 1 ->
                new Command.SetOperatorWord(
                        header, key, random.nextBoolean() ? new OperatorWord(InstanceStatus.DRAINING, "") : null);
            default ->
                new Command.RegisterInstance(
                        header,
                        Registration.builder(key)
                                .address("10.0.0.1", 80)
                                .tags(Map.of("env", random.nextBoolean() ? "prod" : "dev"))
                                .build(),
                        Command.RegisterMode.UPSERT,
                        Precondition.NONE);
        };
    }

    private Touched expected(ServiceKey service, Interest interest, long after, long until) {
        var last = 1L;
        var touches = new ArrayList<PastTouch>();
        for (var change : told) {
            Instance before = null;
            Instance is = null;
            if (change instanceof InstanceChanged changed) {
                before = changed.before();
                is = changed.after();
            } else if (change instanceof InstanceRemoved removed) {
                before = removed.before();
            } else {
                continue;
            }
            var key = is == null ? before.key() : is.key();
            var touch = new PastTouch(change.index(), key.id(), interest.selects(before), interest.selects(is));
            if (!key.service().equals(service)
                    || change.index() > until
                    || !(touch.wasSelected() || touch.isSelected())) {
                continue;
            }
            if (change.index() <= after) {
                last = change.index();
            } else {
                touches.add(touch);
            }
        }
        return new Touched(last, touches);
    }

    @Test
    void storedHistoryTellsOfTheSameTouchesAsTheChangesDid() {
        var seed = Long.getLong(SEED, System.nanoTime());
        LOG.info("-D{}={}", SEED, seed);
        var random = new Random(seed);
        var interests = List.of(
                new Interest(Selection.DEFAULT, null),
                new Interest(Selection.ALL, null),
                new Interest(Selection.parse(Map.of("tag", List.of("env:prod"))), null));
        try (var cluster = new LocalCluster(folder)) {
            cluster.followers.add(new Follower());
            for (var i = 0; i < 600; i++) {
                cluster.applyAll(List.of(command(random, i)));
            }
            var applied = cluster.view.current().appliedIndex();
            var stored = new StoredTouches(() -> cluster);

            for (var i = 0; i < 500; i++) {
                var service = ServiceKey.of("default", "s" + random.nextInt(4));
                var interest = interests.get(random.nextInt(interests.size()));
                var until = 1 + random.nextLong(applied);
                var after = random.nextLong(until + 1);

                assertThat(stored.touched(service, interest::selects, after, until))
                        .as("%s of %s in (%d, %d]", interest, service, after, until)
                        .contains(expected(service, interest, after, until));
            }
        }
    }

    @Test
    void whatCannotBeReadIsUnknown() {
        var stored = new StoredTouches(() -> {
            throw new PastUnavailableException();
        });

        assertThat(stored.touched(ServiceKey.of("default", "a"), instance -> true, 1, 2))
                .isEmpty();
    }
}

package io.rollcall.server.leader;

import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Registration;
import io.rollcall.server.app.LeaderLog;
import io.rollcall.server.view.CatalogView;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.LeaseAge;
import io.rollcall.statemachine.command.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A log of one member whose commands are applied at once, and a view of what they came to; both can be made to fail. */
final class SmallRegistry implements LeaderLog {

    final CatalogView view = new CatalogView();
    final List<Verdict> verdicts = new ArrayList<>();
    final List<LeaseAge> marks = new ArrayList<>();
    boolean leads = true;
    /** Commands that are appended and wait for {@link #applyDelayed}; null while they are applied at once. */
    @Nullable
    List<Runnable> delayed;

    private final ManualTime time;
    private @Nullable ChangeSink sink;
    private long index;

    SmallRegistry(ManualTime time) {
        this.time = time;
    }

    void tell(ChangeSink told) {
        sink = told;
    }

    Instance register(InstanceKey key, Duration ttl) {
        return register(Registration.builder(key)
                .address("10.0.0.1", 80)
                .ttl(ttl)
                .deregisterAfter(Duration.ofSeconds(60))
                .build());
    }

    Instance register(Registration registration) {
        index++;
        Instant now = time.instant();
        Instance instance = new Instance(
                registration, index, InstanceStatus.PASSING, "", now, now, false, now, index, index, false, null);
        change(new RegistryChange.InstanceChanged(index, find(registration.key()), instance));
        return instance;
    }

    void remove(InstanceKey key) {
        index++;
        change(new RegistryChange.InstanceRemoved(index, present(key)));
    }

    @Nullable
    Instance find(InstanceKey key) {
        var service = view.current().service(key.service());
        var entry = service == null ? null : service.instance(key.id());
        return entry == null ? null : entry.instance();
    }

    Instance present(InstanceKey key) {
        Instance found = find(key);
        if (found == null) {
            throw new AssertionError(key + " is not there");
        }
        return found;
    }

    private void change(RegistryChange change) {
        ChangeBatch batch = new ChangeBatch(index, index, time.millis(), List.of(change));
        view.changed(batch);
        if (sink != null) {
            sink.changed(batch);
        }
    }

    @Override
    public CompletableFuture<Long> confirm() {
        return leads
                ? CompletableFuture.completedFuture(index)
                : CompletableFuture.failedFuture(new IllegalStateException("does not lead"));
    }

    @Override
    public CompletableFuture<Boolean> applied(long logIndex, Duration deadline) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletableFuture<CommandResult> append(Command command) {
        CompletableFuture<CommandResult> future = new CompletableFuture<>();
        Runnable apply = () -> future.complete(apply(command));
        if (delayed == null) {
            apply.run();
        } else {
            delayed.add(apply);
        }
        return future;
    }

    void applyDelayed() {
        List<Runnable> waiting = delayed == null ? List.of() : delayed;
        delayed = null;
        waiting.forEach(Runnable::run);
    }

    private CommandResult apply(Command command) {
        index++;
        if (command instanceof Command.CheckpointLeases checkpoint) {
            marks.addAll(checkpoint.leases());
            for (LeaseAge age : checkpoint.leases()) {
                change(new RegistryChange.LeaseMarked(index, age.key(), age.lastHeartbeatMillis(), age.silentMillis()));
            }
            return new CommandResult.Acknowledged(index);
        }
        List<Boolean> taken = new ArrayList<>();
        for (Verdict verdict : ((Command.Judge) command).verdicts()) {
            verdicts.add(verdict);
            taken.add(judge(verdict));
        }
        return new CommandResult.Judged(index, taken);
    }

    private boolean judge(Verdict verdict) {
        Instance before = find(verdict.key());
        if (before == null || before.incarnation() != verdict.incarnation()) {
            return false;
        }
        if (verdict instanceof Verdict.Overdue) {
            change(new RegistryChange.InstanceRemoved(index, before));
            return true;
        }
        boolean lapsed = verdict instanceof Verdict.LeaseLapsed
                || (before.leaseLapsed() && !(verdict instanceof Verdict.LeaseRevived));
        boolean suspect =
                verdict instanceof Verdict.Suspected suspected ? suspected.suspect() : !lapsed && before.suspect();
        CheckState check = verdict instanceof Verdict.CheckTurned turned ? turned.state() : before.check();
        boolean critical = lapsed || check == CheckState.CRITICAL;
        change(new RegistryChange.InstanceChanged(
                index,
                before,
                new Instance(
                        before.registration(),
                        before.incarnation(),
                        critical ? InstanceStatus.CRITICAL : InstanceStatus.PASSING,
                        "",
                        time.instant(),
                        critical ? null : time.instant(),
                        suspect,
                        before.registrationTime(),
                        before.createIndex(),
                        index,
                        lapsed,
                        check)));
        return true;
    }
}

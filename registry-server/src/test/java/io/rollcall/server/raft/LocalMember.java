package io.rollcall.server.raft;

import io.rollcall.api.model.Member;
import io.rollcall.server.app.MemberTls;
import io.rollcall.server.config.RaftSettings;
import io.rollcall.server.trace.Tracing;
import io.rollcall.server.view.CatalogView;
import io.rollcall.statemachine.apply.FaultHandler;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.StateReset;
import io.rollcall.statemachine.state.ClusterRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A member on loopback, in this process, that can be stopped and started again on its folder. */
final class LocalMember implements ChangeSink, FaultHandler {

    final String id;
    final Path folder;
    final RaftSettings settings;

    /** What it announces at its next start. */
    int featureLevel = ClusterRecord.SUPPORTED_FEATURE_LEVEL;

    /** How often the whole state was replaced since the last start: once by the start itself. */
    final AtomicInteger resets = new AtomicInteger();

    /** What would have halted the process. */
    final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

    private volatile CatalogView view = new CatalogView();
    private @Nullable RatisNode node;

    /** How it knows the others at its next start; null: it does not ask. */
    @Nullable
    MemberTls tls;

    LocalMember(String id, Path folder, RaftSettings settings) {
        this.id = id;
        this.folder = folder;
        this.settings = settings;
    }

    void start() throws IOException {
        view = new CatalogView();
        resets.set(0);
        RatisNode starting = new RatisNode(
                new Member(id, "127.0.0.1:1", featureLevel),
                folder,
                settings,
                tls,
                this,
                () -> view.current().appliedIndex(),
                new IdleRole(),
                (question, request) -> CompletableFuture.failedFuture(new IllegalStateException("not asked here")),
                Tracing.NONE,
                this);
        starting.start();
        node = starting;
    }

    /** Ends it without handing over. */
    void kill() {
        RatisNode running = node;
        node = null;
        if (running != null) {
            running.stop();
        }
    }

    boolean isRunning() {
        return node != null;
    }

    RatisNode node() {
        RatisNode running = node;
        if (running == null) {
            throw new IllegalStateException(id + " is not running");
        }
        return running;
    }

    CatalogView view() {
        return view;
    }

    @Override
    public void changed(ChangeBatch batch) {
        view.changed(batch);
    }

    @Override
    public void reset(StateReset state) {
        resets.incrementAndGet();
        view.reset(state);
    }

    @Override
    public RuntimeException fatal(String message, @Nullable Throwable cause) {
        IllegalStateException fault = new IllegalStateException(id + ": " + message, cause);
        faults.add(fault);
        return fault;
    }
}

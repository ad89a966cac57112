package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one call that does not block: one after the other, so that only one thread at a time is here.
 *
 * @param <T> its answer
 */
final class AsyncCall<T> {

    private final BalancedCalls calls;
    private final CallOptions options;
    private final Function<Instance, ? extends CompletionStage<T>> call;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final List<Throwable> earlier = new ArrayList<>(0);
    private PickContext context;
    private volatile @Nullable CompletionStage<T> current;

    AsyncCall(BalancedCalls calls, CallOptions options, Function<Instance, ? extends CompletionStage<T>> call) {
        this.calls = calls;
        this.options = options;
        this.call = call;
        this.context = options.context();
        // Also when the caller gives up, by cancelling or by a timeout of its own.
        var unused = answer.whenComplete((value, failure) -> cancelCurrent());
    }

    CompletableFuture<T> answer() {
        return answer;
    }

    void begin(Lease lease) {
        CompletionStage<T> stage;
        try {
            stage = call.apply(lease.instance());
        } catch (RuntimeException e) {
            failed(lease, e);
            return;
        } catch (Error e) {
            // Nobody else would hear of it: this may be the thread of the attempt before.
            lease.close();
            answer.completeExceptionally(e);
            return;
        }
        current = stage;
        // The caller may have given up while the attempt began, and then nobody else ends it.
        if (answer.isDone()) {
            cancelCurrent();
        }
        var unused = stage.whenComplete((value, failure) -> {
            if (failure == null) {
                lease.succeeded();
                answer.complete(value);
            } else {
                failed(lease, failure);
            }
        });
    }

    private void failed(Lease lease, Throwable failure) {
        Throwable bare = Failures.bare(failure);
        Lease next = next(lease, bare);
        if (next == null) {
            BalancedCalls.suppress(earlier, bare);
            answer.completeExceptionally(bare);
        } else {
            earlier.add(bare);
            begin(next);
        }
    }

    private @Nullable Lease next(Lease lease, Throwable failure) {
        try {
            lease.failed(failure);
            context = context.excluding(lease.endpoint());
            return answer.isDone() ? null : calls.another(options, context, failure);
        } catch (RuntimeException e) {
            // Of what the caller has set; thrown from here, nobody would hear of it.
            failure.addSuppressed(e);
            return null;
        }
    }

    private void cancelCurrent() {
        if (current instanceof Future<?> future) {
            future.cancel(true);
        }
    }
}

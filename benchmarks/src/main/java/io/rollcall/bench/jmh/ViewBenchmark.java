package io.rollcall.bench.jmh;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.query.Selection;
import io.rollcall.server.view.AnswerQuery;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.EncodedAnswer;
import io.rollcall.server.view.ServiceState;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.InstanceChanged;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A change of one instance in the view, and the next page of its service: neither may grow with the service. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ViewBenchmark {

    private static final String SERVICE = "orders";
    private static final ServiceKey KEY = ServiceKey.of("default", SERVICE);
    private static final int PAGE = 10;
    private static final AnswerQuery FIRST_PAGE = new AnswerQuery("limit=10", Selection.DEFAULT, "", PAGE);

    /** How many instances the service has. */
    @Param({"10", "50000"})
    public int instances;

    private final CatalogView view = new CatalogView();
    private final List<Instance> present = new ArrayList<>();
    private long index;
    private int next;

    /** Fills the service. */
    @Setup(Level.Trial)
    public void fill() {
        List<RegistryChange> changes = new ArrayList<>();
        for (var n = 0; n < instances; n++) {
            index++;
            var instance = SampleInstances.instance(SERVICE, n, index);
            present.add(instance);
            changes.add(new InstanceChanged(index, null, instance));
        }
        view.changed(new ChangeBatch(index, index, index, changes));
    }

    /** One instance replaced. */
    @Benchmark
    public void change() {
        var n = next;
        next = (next + 7_919) % instances;
        index++;
        var before = present.get(n);
        var after = new Instance(
                before.registration(),
                index,
                before.status(),
                before.statusReason(),
                before.statusSince(),
                before.healthySince(),
                false,
                before.registrationTime(),
                before.createIndex(),
                index);
        present.set(n, after);
        view.changed(new ChangeBatch(index, index, index, List.of(new InstanceChanged(index, before, after))));
    }

    /**
     * One instance replaced, then a page of ten.
     *
     * @return the page
     */
    @Benchmark
    public EncodedAnswer changeAndReadAPage() {
        change();
        return service().answer(FIRST_PAGE);
    }

    /**
     * A page that was asked for before.
     *
     * @return the page
     */
    @Benchmark
    public EncodedAnswer readAPageAgain() {
        return service().answer(FIRST_PAGE);
    }

    private ServiceState service() {
        return require(view.current().service(KEY));
    }

    private static ServiceState require(@Nullable ServiceState service) {
        if (service == null) {
            throw new IllegalStateException("the service was filled, and is not there");
        }
        return service;
    }
}

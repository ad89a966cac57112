package io.rollcall.chaos;

import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.report.Results;
import io.rollcall.chaos.report.Verdict;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Gives each test method of an {@code *IT} a {@link Recorder} and writes down what became of it. Found by JUnit itself;
 * a test names it nowhere. A method or a constructor that has something to note takes a {@link Recorder} as parameter.
 */
public final class ScenarioReporting implements BeforeEachCallback, ParameterResolver, TestWatcher {

    private static final Namespace NAMESPACE = Namespace.create(ScenarioReporting.class);

    private final Results results = new Results(RunReporting.RESULTS);

    @Override
    public void beforeEach(ExtensionContext context) {
        if (ScenarioNames.isScenario(context)) {
            recorder(context);
        }
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext rootContext) {
        // So that a constructor gets the recorder of its method.
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Recorder.class && ScenarioNames.isScenario(context);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return recorder(context);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        write(context, Verdict.PASSED, "");
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        write(context, Verdict.SKIPPED, String.valueOf(cause.getMessage()));
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        write(context, Verdict.FAILED, FailureText.of(cause));
    }

    private void write(ExtensionContext context, Verdict verdict, String reason) {
        if (ScenarioNames.isScenario(context)) {
            results.write(recorder(context).finish(verdict, reason));
        }
    }

    private static Recorder recorder(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Recorder.class,
                        key -> new Recorder(ScenarioNames.name(context), ScenarioNames.title(context), 0),
                        Recorder.class);
    }
}

package io.rollcall.chaos;

import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.report.Results;
import io.rollcall.chaos.report.Verdict;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Empties the results at the start of a run, and notes what no extension of a test method hears of: scenarios that
 * are disabled, and classes that fail before their first method. Found by JUnit itself.
 */
public final class RunReporting implements TestExecutionListener {

    static final Path RESULTS = Path.of("target", "chaos", "results");

    private final Results results = new Results(RESULTS);
    private boolean begun;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        // Once only: a second plan of the same JVM repeats failed scenarios.
        if (!begun && hasScenarios(plan)) {
            begun = true;
            results.clear();
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        scenario(test).ifPresent(name -> write(name, Verdict.SKIPPED, reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest() || result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
            return;
        }
        boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
        String reason = result.getThrowable()
                .map(cause -> failed ? FailureText.of(cause) : String.valueOf(cause.getMessage()))
                .orElse("");
        scenario(test).ifPresent(name -> write(name, failed ? Verdict.FAILED : Verdict.SKIPPED, reason));
    }

    private void write(String name, Verdict verdict, String reason) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        String title = last.endsWith("IT") ? "All of " + name : ScenarioNames.words(last);
        results.write(new Recorder(name, title, 0).finish(verdict, reason));
    }

    private static boolean hasScenarios(TestPlan plan) {
        return plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .anyMatch(test -> scenario(test).isPresent());
    }

    /** The name in the report; empty for what is no scenario. */
    private static Optional<String> scenario(TestIdentifier test) {
        TestSource source = test.getSource().orElse(null);
        if (source instanceof ClassSource type && ScenarioNames.isScenario(type.getClassName())) {
            return Optional.of(ScenarioNames.simple(type.getClassName()));
        }
        if (source instanceof MethodSource method && ScenarioNames.isScenario(method.getClassName())) {
            return Optional.of(ScenarioNames.simple(method.getClassName()) + "." + method.getMethodName());
        }
        return Optional.empty();
    }
}

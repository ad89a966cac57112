package io.rollcall.chaos;

import io.rollcall.chaos.report.HtmlReport;
import io.rollcall.chaos.report.Origin;
import io.rollcall.chaos.report.Recorder;
import io.rollcall.chaos.report.Results;
import io.rollcall.chaos.report.RunReport;
import io.rollcall.chaos.report.TerminalSummary;
import io.rollcall.chaos.report.Verdict;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Empties the results at the start of a run, notes what no extension of a test method hears of (scenarios that are
 * disabled, classes that fail before their first method), and writes the report at the end. Found by JUnit itself.
 */
public final class RunReporting implements TestExecutionListener {

    static final Path RESULTS = Path.of("target", "chaos", "results");

    private static final Path PAGE = Path.of("target", "chaos", "report.html");

    private final Results results = new Results(RESULTS);

    /** What must have left a result: one that could not be written must not look as if it never was. */
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    private boolean begun;
    private long startedAtMillis;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        // Once only: a second plan of the same JVM repeats failed scenarios.
        if (!begun && hasScenarios(plan)) {
            begun = true;
            startedAtMillis = System.currentTimeMillis();
            results.clear();
        }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        scenario(test).ifPresent(name -> write(test, name, Verdict.SKIPPED, reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest() && scenario(test).isPresent()) {
            // The extension writes its result, since it has the recorder.
            ended.add(test.getUniqueId());
        }
        if (test.isTest() || result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
            return;
        }
        boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
        String reason = result.getThrowable()
                .map(cause -> failed ? FailureText.of(cause) : String.valueOf(cause.getMessage()))
                .orElse("");
        scenario(test).ifPresent(name -> write(test, name, failed ? Verdict.FAILED : Verdict.SKIPPED, reason));
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (!begun) {
            return;
        }
        long tookMillis = System.currentTimeMillis() - startedAtMillis;
        RunReport report = new RunReport(Origin.current(), startedAtMillis, tookMillis, ended.size(), results.read());
        HtmlReport.write(report, PAGE);
        Trial.LOG.atInfo().log("{}\n  {}", String.join("\n", TerminalSummary.of(report)), PAGE.toAbsolutePath());
    }

    private void write(TestIdentifier test, String name, Verdict verdict, String reason) {
        ended.add(test.getUniqueId());
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

package io.rollcall.cli;

import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.InstanceExplanation;
import io.rollcall.client.answer.ServiceExplanation;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells why a discovery returns an instance or does not. */
@Command(
        name = "explain",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Tell why discover returns an instance or does not, step by step; without an instance, how many"
                + " are left after each step.",
        footer = {
            "",
            "The selection is that of discover: what may take traffic, unless --status says otherwise.",
            "",
            "Examples:",
            "  rollcall explain user-service user-service-001",
            "  rollcall explain user-service user-service-001 --zone zone-a --filter 'version >= \"1.1\"'",
            "  rollcall explain user-service --tag environment=production"
        })
final class ExplainCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "INSTANCE", description = "The id of one of its instances.")
    private @Nullable String instance;

    @ArgGroup(validate = false, order = 1, heading = "%nSelection:%n")
    private SelectionOptions selection = new SelectionOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nReading:%n")
    private FreshnessOptions reading = new FreshnessOptions();

    ExplainCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        ServiceKey key = client.service(service);
        if (instance == null) {
            return report.print(
                    client.operations().explain(key, selection.selection(), reading.options()),
                    done -> printService(report, done));
        }
        InstanceKey one = new InstanceKey(key, new InstanceId(instance));
        return report.print(
                client.operations().explain(one, selection.selection(), reading.options()),
                done -> printInstance(report, done));
    }

    private void printInstance(Report report, Outcome.Done<InstanceExplanation> done) {
        InstanceExplanation explanation = done.value();
        Table table = new Table("STEP", "PASSES", "WHY");
        for (InstanceExplanation.Verdict verdict : explanation.steps()) {
            table.row(
                    verdict.step(),
                    verdict.ok() ? ColouredText.of("yes", Ink.GREEN) : ColouredText.of("NO", Ink.RED),
                    verdict.detail());
        }
        report.show(table);
        report.out().println();
        report.show(ColouredText.of(service + "/" + explanation.instance() + " is ")
                .plus(
                        explanation.returned()
                                ? ColouredText.of("returned", Ink.GREEN)
                                : ColouredText.of("NOT returned", Ink.RED))
                .plus(" (")
                .plus(Source.of(done.headers()))
                .plus(")"));
        printHint(report.out(), explanation.hint());
    }

    private void printService(Report report, Outcome.Done<ServiceExplanation> done) {
        ServiceExplanation explanation = done.value();
        Table table = new Table("STEP", "LEFT", "WENT");
        table.row("registered", explanation.registered(), "");
        long before = explanation.registered();
        for (ServiceExplanation.Count count : explanation.steps()) {
            long went = before - count.passed();
            table.row(count.step(), count.passed(), went == 0 ? "" : went);
            before = count.passed();
        }
        report.show(table);
        report.out().println();
        report.show(ColouredText.of(explanation.returned() + " of " + explanation.registered() + " instances of ")
                .plus(service + (explanation.returned() == 1 ? " is" : " are") + " returned (")
                .plus(Source.of(done.headers()))
                .plus(")"));
        printHint(report.out(), explanation.hint());
    }

    private static void printHint(PrintWriter out, @Nullable String hint) {
        if (hint != null) {
            out.println(hint);
        }
    }
}

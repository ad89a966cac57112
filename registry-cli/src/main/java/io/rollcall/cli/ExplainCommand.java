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
                    done -> printService(report.out(), done));
        }
        InstanceKey one = new InstanceKey(key, new InstanceId(instance));
        return report.print(
                client.operations().explain(one, selection.selection(), reading.options()),
                done -> printInstance(report.out(), done));
    }

    private void printInstance(PrintWriter out, Outcome.Done<InstanceExplanation> done) {
        InstanceExplanation explanation = done.value();
        Table table = new Table("STEP", "PASSES", "WHY");
        for (InstanceExplanation.Verdict verdict : explanation.steps()) {
            table.row(verdict.step(), verdict.ok() ? "yes" : "NO", verdict.detail());
        }
        table.print(out);
        out.println();
        out.printf(
                "%s/%s is %s (%s)%n",
                service,
                explanation.instance(),
                explanation.returned() ? "returned" : "NOT returned",
                DiscoverCommand.source(done.headers()));
        printHint(out, explanation.hint());
    }

    private void printService(PrintWriter out, Outcome.Done<ServiceExplanation> done) {
        ServiceExplanation explanation = done.value();
        Table table = new Table("STEP", "LEFT", "WENT");
        table.row("registered", explanation.registered(), "");
        long before = explanation.registered();
        for (ServiceExplanation.Count count : explanation.steps()) {
            long went = before - count.passed();
            table.row(count.step(), count.passed(), went == 0 ? "" : went);
            before = count.passed();
        }
        table.print(out);
        out.println();
        out.printf(
                "%d of %d instances of %s %s returned (%s)%n",
                explanation.returned(),
                explanation.registered(),
                service,
                explanation.returned() == 1 ? "is" : "are",
                DiscoverCommand.source(done.headers()));
        printHint(out, explanation.hint());
    }

    private static void printHint(PrintWriter out, @Nullable String hint) {
        if (hint != null) {
            out.println(hint);
        }
    }
}

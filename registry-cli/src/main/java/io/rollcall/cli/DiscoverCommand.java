package io.rollcall.cli;

import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.Discovery;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the instances of a service. */
@Command(
        name = "discover",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print the instances of a service: those that may take traffic, unless --status says otherwise.",
        footer = {
            "",
            "Examples:",
            "  rollcall discover user-service",
            "  rollcall discover user-service --tag environment=production --zone zone-a",
            "  rollcall discover user-service --filter 'version >= \"1.1\" and not (zone == \"zone-b\")'",
            "  rollcall discover user-service --at 2h",
            "  rollcall discover user-service --status any --consistency linearizable --output json"
        })
final class DiscoverCommand extends ClientCommand {

    @Parameters(paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    @ArgGroup(validate = false, order = 1, heading = "%nSelection:%n")
    private SelectionOptions selection = new SelectionOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nReading:%n")
    private PastReadingOptions reading = new PastReadingOptions();

    DiscoverCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        Outcome<Discovery> outcome = client.discover(client.service(service), selection.selection(), reading.options());
        return report.print(outcome, done -> print(report, done));
    }

    private void print(Report report, Outcome.Done<Discovery> done) {
        Discovery found = done.value();
        if (!found.instances().isEmpty()) {
            report.show(InstanceTable.of(found.instances()));
            report.out().println();
        }
        int count = found.instances().size();
        report.show(ColouredText.of(count == 0 ? "no instance" : count == 1 ? "1 instance" : count + " instances")
                .plus(" of " + service + " " + claim() + " (")
                .plus(Source.of(done.headers()))
                .plus(")")
                .plus(ReadingOptions.more(found.cursor())));
    }

    private String claim() {
        if (!selection.isEmpty()) {
            return "selected";
        }
        return reading.at() == null ? "may take traffic" : "could take traffic then";
    }
}

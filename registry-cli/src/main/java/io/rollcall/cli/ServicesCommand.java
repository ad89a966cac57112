package io.rollcall.cli;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.ServicePage;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Prints the services of a namespace. */
@Command(
        name = "services",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print the services of a namespace with their instances counted; 1000 a page unless told.",
        footer = {"", "Examples:", "  rollcall services", "  rollcall services --limit 10 --output json"})
final class ServicesCommand extends ClientCommand {

    @ArgGroup(validate = false, order = 2, heading = "%nReading:%n")
    private PastReadingOptions reading = new PastReadingOptions();

    ServicesCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        return report.print(client.services(reading.options()), done -> print(report, done));
    }

    private static void print(Report report, Outcome.Done<ServicePage> done) {
        ServicePage page = done.value();
        if (!page.services().isEmpty()) {
            Table table = new Table("SERVICE", "INSTANCES", "STATUS");
            for (ServicePage.Summary service : page.services()) {
                table.row(service.key().name(), service.instances(), counts(service.byStatus()));
            }
            report.show(table);
            report.out().println();
        }
        int count = page.services().size();
        report.show(ColouredText.of(count == 0 ? "no service" : count == 1 ? "1 service" : count + " services")
                .plus(" (")
                .plus(Source.of(done.headers()))
                .plus(")")
                .plus(ReadingOptions.more(page.cursor())));
    }

    private static ColouredText counts(Map<InstanceStatus, Long> byStatus) {
        return ColouredText.joined(
                ", ",
                byStatus.entrySet().stream()
                        .filter(count -> count.getValue() > 0)
                        .map(count -> ColouredText.of(
                                count.getValue() + " " + count.getKey().wireName(), Ink.of(count.getKey())))
                        .toList());
    }
}

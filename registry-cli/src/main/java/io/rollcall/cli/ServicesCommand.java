package io.rollcall.cli;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.ServicePage;
import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;
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
        return report.print(client.services(reading.options()), done -> print(report.out(), done));
    }

    private static void print(PrintWriter out, Outcome.Done<ServicePage> done) {
        ServicePage page = done.value();
        if (!page.services().isEmpty()) {
            Table table = new Table("SERVICE", "INSTANCES", "STATUS");
            for (ServicePage.Summary service : page.services()) {
                table.row(service.key().name(), service.instances(), counts(service.byStatus()));
            }
            table.print(out);
            out.println();
        }
        int count = page.services().size();
        out.printf(
                "%s (%s)%s%n",
                count == 0 ? "no service" : count == 1 ? "1 service" : count + " services",
                DiscoverCommand.source(done.headers()),
                ReadingOptions.more(page.cursor()));
    }

    private static String counts(Map<InstanceStatus, Long> byStatus) {
        return byStatus.entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getValue() + " " + count.getKey().wireName())
                .collect(Collectors.joining(", "));
    }
}

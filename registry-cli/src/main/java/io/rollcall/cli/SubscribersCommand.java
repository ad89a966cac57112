package io.rollcall.cli;

import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.Subscribers;
import java.io.PrintWriter;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints who follows a service. */
@Command(
        name = "subscribers",
        abbreviateSynopsis = true,
        sortOptions = false,
        description =
                "Print who follows a service, on which node, and how far each is: watches, and blocking reads of the"
                        + " last 10 s.",
        footer = {"", "Examples:", "  rollcall subscribers user-service"})
final class SubscribersCommand extends ClientCommand {

    @Parameters(paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    SubscribersCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        return report.print(client.operations().subscribers(client.service(service)), done -> print(report, done));
    }

    private void print(Report report, Outcome.Done<Subscribers> done) {
        PrintWriter out = report.out();
        Subscribers found = done.value();
        Table table = new Table("SUBSCRIBER", "KIND", "NODE", "ADDRESS", "SINCE", "SENT", "ACKNOWLEDGED", "LAG");
        for (Subscribers.Subscriber subscriber : found.subscribers()) {
            table.row(
                    subscriber.id(),
                    subscriber.kind(),
                    subscriber.node(),
                    subscriber.address(),
                    Objects.requireNonNullElse(subscriber.since(), "?"),
                    subscriber.sent(),
                    subscriber.acknowledged(),
                    subscriber.lag() == 0 ? "0" : ColouredText.of(Long.toString(subscriber.lag()), Ink.YELLOW));
        }
        if (!found.subscribers().isEmpty()) {
            report.show(table);
            out.println();
        }
        int count = found.subscribers().size();
        out.printf(
                "%s of %s, which is at index %d%n",
                count == 0 ? "no subscriber" : count == 1 ? "1 subscriber" : count + " subscribers",
                service,
                found.index());
    }
}

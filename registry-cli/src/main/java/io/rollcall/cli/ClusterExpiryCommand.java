package io.rollcall.cli;

import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.ExpiryView;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what the expiry governor holds back, or lets it go. */
@Command(
        name = "expiry",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print what the guard against mass expiry holds back, why, and until when; or let it go.",
        footer = {
            "",
            "What is held is silent but still returned, flagged suspect.",
            "",
            "Examples:",
            "  rollcall cluster expiry",
            "  rollcall cluster expiry --release"
        })
final class ClusterExpiryCommand extends ClientCommand {

    @Option(names = "--release", description = "Let go what is held back: what is silent by now expires.")
    private boolean release;

    ClusterExpiryCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        return report.print(
                release
                        ? client.operations().releaseExpiry()
                        : client.operations().expiry(),
                done -> print(report, done.value()));
    }

    private static void print(Report report, ExpiryView expiry) {
        PrintWriter out = report.out();
        out.printf(
                "expiry is %s%s, %d due, %d held back%n",
                expiry.mode(),
                expiry.reason().isEmpty() ? "" : ": " + expiry.reason(),
                expiry.candidates(),
                expiry.held());
        if (expiry.since() != null) {
            out.printf("since %s, until %s at the latest%n", expiry.since(), text(expiry.endsBy()));
        }
        if (expiry.services().isEmpty()) {
            return;
        }
        out.println();
        Table table = new Table("SERVICE", "NAMESPACE", "INSTANCES", "SILENT", "HELD", "SINCE", "UNTIL", "REASON");
        for (ExpiryView.Held held : expiry.services()) {
            table.row(
                    held.name(),
                    held.namespace(),
                    held.instances(),
                    held.overdue(),
                    held.held(),
                    text(held.since()),
                    text(held.endsBy()),
                    held.reason());
        }
        report.show(table);
    }

    private static String text(@Nullable String time) {
        return Objects.requireNonNullElse(time, "?");
    }
}

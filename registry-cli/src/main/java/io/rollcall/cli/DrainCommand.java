package io.rollcall.cli;

import io.rollcall.api.model.Durations;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import io.rollcall.client.answer.DrainReport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes one instance out of traffic. */
@Command(
        name = "drain",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Take an instance out of traffic, and wait until those who watch its service know it.",
        footer = {
            "",
            "It stays registered, as draining, until it is deregistered or --undo takes the word back.",
            "",
            "Examples:",
            "  rollcall drain user-service user-service-001",
            "  rollcall drain user-service user-service-001 --wait 1m --reason 'new version'",
            "  rollcall drain user-service user-service-001 --undo"
        })
final class DrainCommand extends ClientCommand {

    private static final Duration MAX_WAIT = Duration.ofMinutes(10);

    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    @Parameters(index = "1", paramLabel = "ID", description = "The instance.")
    private String id = "";

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            description = "How long to wait for those who watch, up to 10m. Default: 30s.")
    private Duration wait = Duration.ofSeconds(30);

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private String reason = "";

    @Option(names = "--undo", description = "Let it take traffic again: take back that it is draining.")
    private boolean undo;

    @Option(names = "--request-id", paramLabel = "ID", description = WritingOptions.REQUEST_ID_DESCRIPTION)
    private @Nullable String requestId;

    DrainCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        if (wait.compareTo(MAX_WAIT) > 0) {
            throw new UsageException("--wait must be at most 10m, is " + Durations.format(wait));
        }
        InstanceKey instance = new InstanceKey(client.service(service), new InstanceId(id));
        WriteOptions options = WriteOptions.none().withRequestId(WritingOptions.checkedRequestId(requestId));
        if (undo) {
            return report.print(
                    client.operations().clearStatus(instance, options),
                    done -> report.show(ColouredText.of(service + "/" + id + " is ")
                            .plus(ColouredText.status(done.value()))
                            .plus(", index " + done.index())));
        }
        return report.print(client.operations().drain(instance, wait, reason, options), done -> {
            DrainReport drained = done.value();
            report.out()
                    .printf(
                            "draining %s/%s, index %d: %d who watch it know, %d do not%n",
                            service,
                            id,
                            done.index(),
                            drained.acknowledged(),
                            drained.laggards().size());
            drained.laggards().forEach(laggard -> report.out().println("  not yet: " + laggard));
        });
    }
}

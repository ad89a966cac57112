package io.rollcall.cli;

import io.rollcall.api.model.Durations;
import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.client.Heartbeat;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.Renewal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Renews the lease of one instance, once or until it is stopped. */
@Command(
        name = "heartbeat",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Tell that an instance lives, once or, with --every, again and again until Ctrl-C.",
        footer = {
            "",
            "An instance that is critical because it was silent is passing again. With --every, it goes on while nobody",
            "answers, and ends when the instance is not registered or was registered again since.",
            "",
            "Examples:",
            "  rollcall heartbeat user-service user-service-001",
            "  rollcall heartbeat user-service user-service-001 --incarnation 42 --every 10s"
        })
final class HeartbeatCommand extends ClientCommand {

    // Soon enough for every lease there is, and seldom enough for a registry that has just lost its leader.
    private static final Duration RETRY = Duration.ofSeconds(1);

    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    @Parameters(index = "1", paramLabel = "ID", description = "The instance.")
    private String id = "";

    @Option(names = "--incarnation", paramLabel = "N", description = "Only this incarnation, not a later one.")
    private long incarnation;

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            description = "Go on, this often, such as 10s; sooner where the registry asks for it.")
    private @Nullable Duration every;

    HeartbeatCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        if (incarnation < 0) {
            throw new UsageException("--incarnation must be 1 or more, is " + incarnation);
        }
        if (every != null && every.isZero()) {
            throw new UsageException("--every must be more than 0s");
        }
        InstanceKey instance = new InstanceKey(client.service(service), new InstanceId(id));
        Heartbeat heartbeat = new Heartbeat(instance, incarnation);
        while (true) {
            Outcome<Renewal> outcome = client.heartbeat(heartbeat);
            int status = report.print(outcome, done -> print(report, done.value()));
            if (every == null || isFinal(outcome) || !pause(shorter(every, asked(outcome)))) {
                return status;
            }
        }
    }

    private void print(Report report, Renewal renewal) {
        if (renewal.ttl().isZero()) {
            report.out().printf("%s/%s has no lease and needs no heartbeat%n", service, id);
        } else {
            report.out()
                    .printf(
                            "renewed %s/%s for %s, next heartbeat within %s%n",
                            service, id, Durations.format(renewal.ttl()), Durations.format(renewal.nextHeartbeat()));
        }
    }

    /** Whether the same beat would be refused again. */
    private static boolean isFinal(Outcome<Renewal> outcome) {
        return outcome instanceof Outcome.Refused<Renewal> refused
                && refused.refusal().status() < 500;
    }

    /** The longest pause after this; zero for any. */
    private static Duration asked(Outcome<Renewal> outcome) {
        return outcome instanceof Outcome.Done<Renewal> done ? done.value().nextHeartbeat() : RETRY;
    }

    private static Duration shorter(Duration wanted, Duration asked) {
        return asked.isZero() || wanted.compareTo(asked) < 0 ? wanted : asked;
    }

    private static boolean pause(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package io.rollcall.cli;

import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.Selection;
import io.rollcall.client.WriteOptions;
import io.rollcall.client.answer.WritePreview;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes instances out of the registry. */
@Command(
        name = "deregister",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Take one instance out of the registry, or, without ID, those that the options select.",
        footer = {
            "",
            "Examples:",
            "  rollcall deregister user-service user-service-001",
            "  rollcall deregister user-service user-service-001 --incarnation 42",
            "  rollcall deregister user-service --zone zone-b --confirm"
        })
final class DeregisterCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service.")
    private String service = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "The instance.")
    private @Nullable String id;

    @Option(names = "--incarnation", paramLabel = "N", description = "Only this incarnation, not a later one.")
    private long incarnation;

    @ArgGroup(validate = false, order = 1, heading = "%nWriting:%n")
    private WritingOptions writing = new WritingOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nSelection, without ID:%n")
    private SelectionOptions selection = new SelectionOptions();

    @Option(names = "--confirm", description = "Also if this is more than a small share of the service.")
    private boolean confirmed;

    DeregisterCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        WriteOptions options = writing.options().withIncarnation(incarnation);
        if (id == null) {
            return deregisterAll(client, options, report);
        }
        if (!selection.isEmpty()) {
            throw new UsageException("give either ID or a selection, not both");
        }
        InstanceKey instance = new InstanceKey(client.service(service), new InstanceId(id));
        if (writing.dryRun()) {
            Outcome<WritePreview> preview = client.previewDeregister(instance, options);
            return report.print(
                    preview,
                    done -> report.out()
                            .printf(
                                    "dry run: would %s %s/%s%n",
                                    done.value().wouldChange() ? "deregister" : "not change", service, id));
        }
        return report.print(
                client.deregister(instance, options),
                done -> report.out().printf("deregistered %s/%s, index %d%n", service, id, done.index()));
    }

    private int deregisterAll(RegistryClient client, WriteOptions options, Report report) {
        if (selection.isEmpty() && !confirmed) {
            throw new UsageException(
                    "name the instance, select some, or give --confirm to deregister all of " + service);
        }
        if (writing.dryRun() || writing.hasCondition() || incarnation > 0) {
            throw new UsageException("--dry-run, --if-match and --incarnation are for one instance: name its ID");
        }
        ServiceKey key = client.service(service);
        Selection selected = selection.isEmpty() ? Selection.any() : selection.selection();
        return report.print(
                client.deregisterAll(key, selected, confirmed, options),
                done -> report.out().printf("deregistered %d of %s, index %d%n", done.value(), service, done.index()));
    }
}

package io.rollcall.cli;

import io.rollcall.api.model.ConfigKey;
import io.rollcall.client.ConfigClient;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Restores an earlier value. */
@Command(
        name = "rollback",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Give a key the value of an earlier version again, as a new version; also after a deletion.",
        footer = {
            "",
            "Examples:",
            "  rollcall config history orders/db.url",
            "  rollcall config rollback orders/db.url 3"
        })
final class ConfigRollbackCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
    private String key = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version whose value it gets.")
    private long version;

    @ArgGroup(validate = false, order = 1, heading = "%nWriting:%n")
    private WritingOptions writing = new WritingOptions();

    ConfigRollbackCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        if (version < 1) {
            throw new UsageException("VERSION must be 1 or more, is " + version);
        }
        ConfigClient config = client.config();
        ConfigKey wanted = config.key(key);
        WriteOptions options = writing.options();
        if (writing.dryRun()) {
            return report.print(
                    config.previewRollback(wanted, version, options),
                    done -> ConfigPutCommand.printPreview(report, done.value()));
        }
        return report.print(
                config.rollback(wanted, version, options),
                done -> ConfigPutCommand.printStored(report, "rolled back", done.value()));
    }
}

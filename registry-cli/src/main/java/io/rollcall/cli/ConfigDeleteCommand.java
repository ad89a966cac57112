package io.rollcall.cli;

import io.rollcall.client.ConfigClient;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes a key. */
@Command(
        name = "delete",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Delete a key. Its versions stay, so that it can be had back with rollback.",
        footer = {
            "",
            "Examples:",
            "  rollcall config delete orders/db.url",
            "  rollcall config rollback orders/db.url 3"
        })
final class ConfigDeleteCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
    private String key = "";

    @Option(names = "--if-match", paramLabel = "INDEX", description = "Only if the key's modify index is this one.")
    private @Nullable String ifMatch;

    @Option(names = "--request-id", paramLabel = "ID", description = WritingOptions.REQUEST_ID_DESCRIPTION)
    private @Nullable String requestId;

    ConfigDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        ConfigClient config = client.config();
        WriteOptions options = WriteOptions.none()
                .withIfMatch(WritingOptions.checkedIfMatch(ifMatch))
                .withRequestId(WritingOptions.checkedRequestId(requestId));
        return report.print(
                config.delete(config.key(key), options),
                done -> report.out().printf("deleted %s, index %d%n", key, done.index()));
    }
}

package io.rollcall.cli;

import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a token back. */
@Command(
        name = "delete",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Take a token back: it holds no longer.",
        footer = {"", "Examples:", "  rollcall token delete 7f3a90c1d2e4b5a67081"})
final class TokenDeleteCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "The token's id: what stands before the dot.")
    private String id = "";

    @Option(names = "--if-match", paramLabel = "INDEX", description = "Only if its modify index is this one.")
    private @Nullable String ifMatch;

    TokenDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        WriteOptions options = WriteOptions.none().withIfMatch(WritingOptions.checkedIfMatch(ifMatch));
        return report.print(
                client.access().deleteToken(id, options),
                done -> report.out().printf("deleted token %s, index %d%n", id, done.index()));
    }
}

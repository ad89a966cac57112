package io.rollcall.cli;

import io.rollcall.client.RegistryClient;
import io.rollcall.client.WriteOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes a policy. */
@Command(
        name = "delete",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Delete a policy. Tokens that name it go on without it.",
        footer = {"", "Examples:", "  rollcall policy delete orders"})
final class PolicyDeleteCommand extends ClientCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "The policy.")
    private String name = "";

    @Option(names = "--if-match", paramLabel = "INDEX", description = "Only if its modify index is this one.")
    private @Nullable String ifMatch;

    PolicyDeleteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        WriteOptions options = WriteOptions.none().withIfMatch(WritingOptions.checkedIfMatch(ifMatch));
        return report.print(
                client.access().deletePolicy(name, options),
                done -> report.out().printf("deleted policy %s, index %d%n", name, done.index()));
    }
}

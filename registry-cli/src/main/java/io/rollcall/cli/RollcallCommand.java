package io.rollcall.cli;

import io.rollcall.api.model.Durations;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Secret;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The command line: one command a call. */
@Command(
        name = "rollcall",
        versionProvider = RollcallCommand.Version.class,
        customSynopsis = "",
        synopsisHeading = "",
        commandListHeading = "%nCommands:%n",
        description = "A service registry of three nodes that loses no acknowledged registration.%n",
        footer = {
            "",
            "Colours are for terminals, and not for NO_COLOR=1. TAB completes: see rollcall completion --help.",
            "",
            "Try:  rollcall demo",
            "      rollcall COMMAND --help"
        })
public final class RollcallCommand {

    private static final int HELP_WIDTH = 110;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Explain this program.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Print the version.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean version;

    private RollcallCommand() {}

    /**
     * Runs one command and ends the process with its exit status.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        // Before the first logger: a library that shipped a file of the default name would configure its user's logs.
        System.setProperty("logback.configurationFile", "io/rollcall/cli/logback.xml");
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status = run(new Terminal(out, err, System.in, System.getenv()), args);
        out.flush();
        err.flush();
        System.exit(status);
    }

    static int run(Terminal terminal, String... args) {
        return commandLine(terminal).execute(args);
    }

    /** The command with all below it. */
    static CommandLine commandLine(Terminal terminal) {
        CommandLine line = commands(terminal);
        describeExitStatus(line);
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.hasColours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.registerConverter(Duration.class, converter(text -> Durations.parse("it", text)));
        line.registerConverter(Namespace.class, converter(Namespace::new));
        line.registerConverter(Secret.class, converter(Secret::of));
        line.registerConverter(Protocol.class, converter(text -> Protocol.parse("it", text)));
        line.registerConverter(InstanceStatus.class, converter(text -> InstanceStatus.parse("it", text)));
        line.setParameterExceptionHandler((e, args) -> misused(terminal, e.getCommandLine(), e));
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(terminal, command, e));
        return line;
    }

    private static CommandLine commands(Terminal terminal) {
        CommandLine cluster = new CommandLine(new ClusterCommand())
                .addSubcommand(new ClusterStatusCommand(terminal))
                .addSubcommand(new ClusterExpiryCommand(terminal));
        CommandLine tls = new CommandLine(new TlsCommand()).addSubcommand(new TlsCreateCommand(terminal));
        return new CommandLine(new RollcallCommand())
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(new RegisterCommand(terminal))
                .addSubcommand(new DeregisterCommand(terminal))
                .addSubcommand(new HeartbeatCommand(terminal))
                .addSubcommand(new DrainCommand(terminal))
                .addSubcommand(new DiscoverCommand(terminal))
                .addSubcommand(new WatchCommand(terminal))
                .addSubcommand(new ExplainCommand(terminal))
                .addSubcommand(new SubscribersCommand(terminal))
                .addSubcommand(new ServicesCommand(terminal))
                .addSubcommand(new HistoryCommand(terminal))
                .addSubcommand("config", ConfigCommand.line(terminal))
                .addSubcommand("cluster", cluster)
                .addSubcommand(new ReadyCommand(terminal))
                .addSubcommand("token", TokenCommand.line(terminal))
                .addSubcommand("policy", PolicyCommand.line(terminal))
                .addSubcommand("keys", KeysCommand.line(terminal))
                .addSubcommand("audit", AuditCommand.line(terminal))
                .addSubcommand(new LogLevelCommand(terminal))
                .addSubcommand("tls", tls)
                .addSubcommand(new CompletionCommand(terminal));
    }

    private static void describeExitStatus(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(ExitStatus.MEANINGS);
        line.getSubcommands().values().forEach(RollcallCommand::describeExitStatus);
    }

    private static <T> ITypeConverter<T> converter(Function<String, T> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (InvalidRequestException e) {
                throw new TypeConversionException("'" + text + "': " + e.getMessage());
            }
        };
    }

    private static int misused(Terminal terminal, CommandLine command, Exception e) {
        terminal.err().println("rollcall: " + e.getMessage());
        if (e instanceof ParameterException parameter) {
            CommandLine.UnmatchedArgumentException.printSuggestions(parameter, terminal.err());
        }
        terminal.err().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitStatus.USAGE;
    }

    private static int failed(Terminal terminal, CommandLine command, Exception e) {
        if (e instanceof UsageException || e instanceof InvalidRequestException) {
            return misused(terminal, command, e);
        }
        LoggerFactory.getLogger(RollcallCommand.class).atError().setCause(e).log("the command failed");
        return ExitStatus.FAILURE;
    }

    /** The version out of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = RollcallCommand.class.getPackage().getImplementationVersion();
            return new String[] {"rollcall " + (version == null ? "(not packaged)" : version)};
        }
    }
}

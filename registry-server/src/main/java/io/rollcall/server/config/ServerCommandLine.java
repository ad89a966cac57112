package io.rollcall.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The command line of a node: its options, and the help that explains every setting. */
public final class ServerCommandLine {

    private static final int HELP_WIDTH = 120;

    private final CommandLine commandLine;

    /** The options as the settings define them. */
    public ServerCommandLine() {
        CommandSpec spec = CommandSpec.create().name("rollcall server");
        spec.usageMessage()
                .description("Runs one node. Without options: a one-node cluster on ./data, served on loopback.")
                .sortOptions(false)
                .sortSynopsis(false)
                .width(HELP_WIDTH)
                .footer(footer());
        for (Setting<?> setting : SettingTable.OPTIONS) {
            spec.addOption(option(setting));
        }
        spec.addOption(OptionSpec.builder("--config")
                .type(String.class)
                .paramLabel("FILE")
                .description("A file of settings in HOCON (rollcall.conf). (environment ROLLCALL_CONFIG)")
                .build());
        spec.addOption(OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .usageHelp(true)
                .description("Explain all settings and exit.")
                .build());
        commandLine = new CommandLine(spec);
    }

    private static OptionSpec option(Setting<?> setting) {
        boolean flag = setting.placeholder().isEmpty();
        String fallback = setting.defaultText().isEmpty() || flag ? "" : "default " + setting.defaultText() + ", ";
        OptionSpec.Builder builder = OptionSpec.builder("--" + setting.key())
                .type(flag ? boolean.class : String.class)
                .description(escape(setting.explanation() + " (" + fallback + "environment "
                        + setting.environmentVariable() + ")"));
        return flag
                ? builder.build()
                : builder.paramLabel(setting.placeholder()).build();
    }

    private static String[] footer() {
        StringBuilder text = new StringBuilder("""

                An option beats the environment, which beats the file of --config, which beats the default. In the file the
                keys are the options without '--'. These settings stand only in the file and the environment:

                """);
        for (Setting<?> setting : SettingTable.TUNABLES) {
            text.append("  ").append(setting.key()).append('=').append(setting.placeholder());
            text.append(" (default ").append(setting.defaultText()).append(", ");
            text.append(setting.environmentVariable()).append(")\n      ");
            text.append(setting.explanation()).append('\n');
        }
        text.append("\nExit status: 0 after a clean stop, 1 after a failure, 2 for bad options or settings.");
        return escape(text.toString()).split("\n", -1);
    }

    // picocli formats descriptions by String.format.
    private static String escape(String text) {
        return text.replace("%", "%%");
    }

    /**
     * Reads the arguments.
     *
     * @param arguments as given to the process
     * @return the texts of the options that are there, by key; empty for {@code --help}
     * @throws ConfigurationException for an unknown option or a missing value
     */
    public Parsed parse(String... arguments) {
        try {
            ParseResult result = commandLine.parseArgs(arguments);
            Map<String, String> texts = new LinkedHashMap<>();
            for (OptionSpec option : result.matchedOptions()) {
                texts.put(option.longestName().substring(2), option.getValue().toString());
            }
            return new Parsed(result.isUsageHelpRequested(), texts);
        } catch (ParameterException e) {
            throw new ConfigurationException(List.of(e.getMessage() + "; see --help"));
        }
    }

    /**
     * What the arguments came to.
     *
     * @param helpAsked whether the help is all that is wanted
     * @param texts of the options that are there, by key
     */
    public record Parsed(boolean helpAsked, Map<String, String> texts) {

        /** Copies the map. */
        public Parsed {
            texts = Map.copyOf(texts);
        }
    }

    /** Prints the help to standard output. */
    public void printHelp() {
        commandLine.usage(commandLine.getOut());
        commandLine.getOut().flush();
    }

    /**
     * Prints why the node does not start to standard error.
     *
     * @param message one finding a line
     */
    public void printError(String message) {
        commandLine.getErr().println(message);
        commandLine.getErr().flush();
    }
}

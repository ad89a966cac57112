package io.rollcall.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One place where settings are set.
 *
 * @param kind {@code option}, {@code environment} or {@code file}
 * @param texts by key, as written
 * @param nameOf how a key is written there
 */
record SettingSource(String kind, Map<String, String> texts, UnaryOperator<String> nameOf) {

    private static final String PREFIX = "ROLLCALL_";

    /** Variables that other parts of the product read. */
    private static final Set<String> OF_OTHERS = Set.of(
            "ROLLCALL_BUILD",
            "ROLLCALL_CA",
            "ROLLCALL_CERT",
            "ROLLCALL_CONFIG",
            EncryptionSettings.MASTER_KEY_VARIABLE,
            "ROLLCALL_HOME",
            "ROLLCALL_JAVA_OPTS",
            "ROLLCALL_KEY",
            "ROLLCALL_SERVERS",
            "ROLLCALL_TOKEN");

    // Kubernetes puts these into every pod beside a service called "rollcall…"; nobody typed them.
    private static final Pattern OF_KUBERNETES =
            Pattern.compile("ROLLCALL_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_[0-9]+_(TCP|UDP)(_.*)?)");
    private static final Pattern KUBERNETES_LINK = Pattern.compile("(tcp|udp|sctp)://.*");

    /** Whether a setting is set here. */
    boolean has(Setting<?> setting) {
        return texts.containsKey(setting.key());
    }

    /** The options of the command line. */
    static SettingSource options(Map<String, String> texts) {
        return new SettingSource("option", texts, key -> "--" + key);
    }

    /** The environment; variables that are nobody's are findings. */
    static SettingSource environment(Map<String, String> environment, List<String> findings) {
        Map<String, String> keyByVariable = Stream.concat(SettingTable.OPTIONS.stream(), SettingTable.TUNABLES.stream())
                .collect(Collectors.toMap(Setting::environmentVariable, Setting::key));
        Map<String, String> texts = new TreeMap<>();
        new TreeMap<>(environment).forEach((variable, text) -> {
            String key = keyByVariable.get(variable);
            if (key != null && !KUBERNETES_LINK.matcher(text).matches()) {
                texts.put(key, text);
            } else if (isUnknown(variable, text)) {
                findings.add("unknown environment variable " + variable + "; see --help for those that there are");
            }
        });
        return new SettingSource("environment", texts, Setting::environmentVariable);
    }

    private static boolean isUnknown(String variable, String text) {
        return variable.startsWith(PREFIX)
                && !OF_OTHERS.contains(variable)
                && !OF_KUBERNETES.matcher(variable).matches()
                && !KUBERNETES_LINK.matcher(text).matches();
    }

    /** The keys of a file in HOCON; keys that are nobody's are findings. */
    static SettingSource file(Path file, List<String> findings) {
        Set<String> known = Stream.concat(SettingTable.OPTIONS.stream(), SettingTable.TUNABLES.stream())
                .map(Setting::key)
                .collect(Collectors.toSet());
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, ConfigValue> entry : parse(file, findings).entrySet()) {
            String key = String.join(".", ConfigUtil.splitPath(entry.getKey()));
            if (!known.contains(key)) {
                findings.add("unknown key '" + key + "' in " + file + " (" + lineOf(entry.getValue()) + ")");
            } else if (entry.getValue().unwrapped() instanceof List<?> list) {
                texts.put(key, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
            } else {
                texts.put(key, String.valueOf(entry.getValue().unwrapped()));
            }
        }
        return new SettingSource("file", texts, key -> "'" + key + "' in " + file);
    }

    private static String lineOf(ConfigValue value) {
        return "line " + value.origin().lineNumber();
    }

    private static Config parse(Path file, List<String> findings) {
        if (!Files.isReadable(file)) {
            findings.add("--config '" + file + "' must be a file that can be read");
            return ConfigFactory.empty();
        }
        try {
            return ConfigFactory.parseFile(
                            file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
                    .resolve();
        } catch (ConfigException e) {
            findings.add("--config " + e.getMessage());
            return ConfigFactory.empty();
        }
    }
}

package io.rollcall.server.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads settings from their sources, the strongest first, and gathers what is bad. */
final class SettingReader {

    private final List<SettingSource> sources;
    private final List<String> findings;
    private final Map<String, String> effective = new LinkedHashMap<>();

    SettingReader(List<SettingSource> sources, List<String> findings) {
        this.sources = sources;
        this.findings = findings;
    }

    /** The strongest source's value; the default if none has it, or if it is bad, which is a finding. */
    <T> T read(Setting<T> setting) {
        for (SettingSource source : sources) {
            String text = source.texts().get(setting.key());
            if (text != null) {
                effective.put(setting.key(), text + " (" + source.kind() + ")");
                return parse(setting, source, text);
            }
        }
        effective.put(setting.key(), setting.defaultText().isEmpty() ? "-" : setting.defaultText());
        return setting.parser().apply(setting.defaultText());
    }

    private <T> T parse(Setting<T> setting, SettingSource source, String text) {
        try {
            return setting.parser().apply(text);
        } catch (IllegalArgumentException e) {
            findings.add(source.nameOf().apply(setting.key()) + " '" + text + "': " + e.getMessage());
            return setting.parser().apply(setting.defaultText());
        }
    }

    /** An address that can be set whole or by its parts; in one source only one of the two. */
    HostPort address(Setting<HostPort> whole, Setting<String> host, Setting<Integer> port) {
        for (SettingSource source : sources) {
            if (source.has(whole) && (source.has(host) || source.has(port))) {
                findings.add(source.nameOf().apply(whole.key()) + " must not stand beside "
                        + source.nameOf().apply(host.key()) + " or "
                        + source.nameOf().apply(port.key()));
            }
        }
        return new HostPort(part(host, whole, HostPort::host), part(port, whole, HostPort::port));
    }

    private <T> T part(Setting<T> part, Setting<HostPort> whole, Function<HostPort, T> of) {
        for (SettingSource source : sources) {
            String text = source.texts().get(whole.key());
            if (source.has(part)) {
                break;
            }
            if (text != null) {
                T value = of.apply(parse(whole, source, text));
                effective.put(part.key(), value + " (" + source.kind() + ")");
                return value;
            }
        }
        return read(part);
    }

    /** What was read, by key, each with its source. */
    Map<String, String> effective() {
        return new LinkedHashMap<>(effective);
    }
}

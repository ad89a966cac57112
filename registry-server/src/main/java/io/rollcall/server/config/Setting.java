package io.rollcall.server.config;

import java.util.Locale;
import java.util.function.Function;

/**
 * One setting: its key in the file, from which the environment variable follows, its default and its rule.
 *
 * @param key dotted, lower-case, dashed, such as {@code http.max-connections}
 * @param placeholder what stands for the value in the help, such as {@code HOST:PORT}
 * @param defaultText as if it were written in the file; empty: nothing
 * @param parser makes the value of a text, or throws {@link IllegalArgumentException} saying what it must be
 * @param explanation what it means, and what too small and too large do
 * @param <T> the value
 */
record Setting<T>(String key, String placeholder, String defaultText, Function<String, T> parser, String explanation) {

    /** The environment variable of a key. */
    static String environmentVariable(String key) {
        return "ROLLCALL_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The environment variable. */
    String environmentVariable() {
        return environmentVariable(key);
    }
}

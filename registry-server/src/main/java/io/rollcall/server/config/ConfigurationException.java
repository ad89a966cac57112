package io.rollcall.server.config;

import java.util.List;

/** Settings that cannot be: the node does not start. Its message names every bad setting and where it was set. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Bad settings.
     *
     * @param findings at least one; each names the setting and says what it must be
     */
    public ConfigurationException(List<String> findings) {
        super(String.join(System.lineSeparator(), findings));
    }
}

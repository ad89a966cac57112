package io.rollcall.server.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a node is.
 *
 * @param id this member's id
 * @param data its folder
 * @param insecure whether listeners beyond loopback may go without TLS and tokens
 * @param shutdownTimeout how long a stop may take before the process halts
 */
public record NodeSettings(String id, Path data, boolean insecure, Duration shutdownTimeout) {}

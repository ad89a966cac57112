package io.rollcall.server.config;

/**
 * How a node logs.
 *
 * @param format how lines are written
 */
public record LogSettings(LogFormat format) {}

package io.rollcall.server.config;

/**
 * How much configuration is taken.
 *
 * @param maxKeys keys of a namespace, with those that are deleted and not forgotten yet
 * @param maxSizeBytes what all versions of all keys may take
 */
public record ConfigurationSettings(int maxKeys, long maxSizeBytes) {}

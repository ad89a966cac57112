package io.rollcall.server.config;

/**
 * Who may do what.
 *
 * @param byDefault what is allowed to whoever shows no token
 */
public record AccessSettings(AclDefault byDefault) {}

package io.rollcall.server.app.access;

/**
 * What a change of tokens or policies came to, or, for a dry run, would come to.
 *
 * @param index registry index of the change
 * @param value what is there now; after a deletion, what was there before
 * @param created whether nothing was there before
 * @param dryRun whether nothing was done
 * @param <T> a token or a policy
 */
public record AclChange<T>(long index, T value, boolean created, boolean dryRun) {}

package io.rollcall.api.model;

import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy.
 *
 * @param resource what it is about
 * @param level what it allows
 * @param namespace in which; null: in all. Null where the resource has no names
 * @param name the name that is meant, or what it begins with; empty where the resource has no names
 * @param prefix whether all names are meant that begin so; an empty prefix means all names
 */
public record AccessRule(
        AccessResource resource,
        AccessLevel level,
        @Nullable Namespace namespace,
        String name,
        boolean prefix) {}

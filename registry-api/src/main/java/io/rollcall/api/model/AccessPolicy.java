package io.rollcall.api.model;

import java.util.List;

/**
 * Rules under a name, to be given to tokens.
 *
 * @param name 1 to 128 characters, as a service's
 * @param description free text, at most 256 characters
 * @param rules at most 256; the longest that matches wins, and a denial beats what is allowed by one as long
 * @param createIndex registry index at which the policy appeared
 * @param modifyIndex registry index of its last change
 */
public record AccessPolicy(
        String name, String description, List<AccessRule> rules, long createIndex, long modifyIndex) {
    /** Copies the list. */
    public AccessPolicy {
        rules = List.copyOf(rules);
    }
}

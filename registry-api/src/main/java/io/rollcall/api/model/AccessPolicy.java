package io.rollcall.api.model;

import java.util.Arrays;
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

    /** Name of the policy that is built in: it allows everything, and can be neither changed nor deleted. */
    public static final String GLOBAL_MANAGEMENT_NAME = "global-management";

    /** The policy that is built in: it allows everything. */
    public static final AccessPolicy GLOBAL_MANAGEMENT = new AccessPolicy(
            GLOBAL_MANAGEMENT_NAME,
            "built in: allows everything",
            Arrays.stream(AccessResource.values())
                    .map(resource -> new AccessRule(resource, AccessLevel.WRITE, null, "", resource.isNamed()))
                    .toList(),
            0,
            0);

    /** Copies the list. */
    public AccessPolicy {
        rules = List.copyOf(rules);
    }
}

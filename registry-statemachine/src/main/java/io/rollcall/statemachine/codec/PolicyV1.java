package io.rollcall.statemachine.codec;

import io.rollcall.api.model.AccessPolicy;
import java.util.List;

/** {@link AccessPolicy}, version 1; part of the store and of remembered results. */
record PolicyV1(String name, String description, List<AccessRuleV1> rules, long createIndex, long modifyIndex) {

    static PolicyV1 of(AccessPolicy policy) {
        return new PolicyV1(
                policy.name(),
                policy.description(),
                policy.rules().stream().map(AccessRuleV1::of).toList(),
                policy.createIndex(),
                policy.modifyIndex());
    }

    AccessPolicy thaw() {
        return new AccessPolicy(
                name, description, rules.stream().map(AccessRuleV1::thaw).toList(), createIndex, modifyIndex);
    }
}

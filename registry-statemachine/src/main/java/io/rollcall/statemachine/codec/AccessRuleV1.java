package io.rollcall.statemachine.codec;

import io.rollcall.api.model.AccessRule;
import io.rollcall.api.model.Namespace;
import org.jspecify.annotations.Nullable;

/** One rule of a policy, version 1; part of log and store. */
record AccessRuleV1(
        String resource, String level, @MayBeNull @Nullable String namespace, String name, boolean prefix) {

    static AccessRuleV1 of(AccessRule rule) {
        Namespace namespace = rule.namespace();
        return new AccessRuleV1(
                WireEnum.ACCESS_RESOURCE.name(rule.resource()),
                WireEnum.ACCESS_LEVEL.name(rule.level()),
                namespace == null ? null : namespace.value(),
                rule.name(),
                rule.prefix());
    }

    AccessRule thaw() {
        return new AccessRule(
                WireEnum.ACCESS_RESOURCE.parse(resource),
                WireEnum.ACCESS_LEVEL.parse(level),
                namespace == null ? null : new Namespace(namespace),
                name,
                prefix);
    }
}

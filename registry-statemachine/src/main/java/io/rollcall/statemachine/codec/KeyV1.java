package io.rollcall.statemachine.codec;

import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.InstanceKey;

/** The key of an instance, version 1; part of log and store. */
record KeyV1(String namespace, String name, String id) {

    static KeyV1 of(InstanceKey key) {
        return new KeyV1(
                key.service().namespace().value(),
                key.service().name().value(),
                key.id().value());
    }

    InstanceKey thaw() {
        return new InstanceKey(RegistrationV1.service(namespace, name), new InstanceId(id));
    }
}

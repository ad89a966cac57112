package io.rollcall.statemachine.codec;

import io.rollcall.api.model.Namespace;
import io.rollcall.statemachine.state.ConfigFloor;

/** {@link ConfigFloor}, version 1. */
record ConfigFloorV1(String namespace, long index) {

    static ConfigFloorV1 of(ConfigFloor floor) {
        return new ConfigFloorV1(floor.namespace().value(), floor.index());
    }

    ConfigFloor thaw() {
        return new ConfigFloor(new Namespace(namespace), index);
    }
}

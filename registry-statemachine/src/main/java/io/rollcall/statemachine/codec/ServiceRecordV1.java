package io.rollcall.statemachine.codec;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.statemachine.state.ServiceRecord;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@link ServiceRecord}, version 1. The indexes are by the wire name of the status. */
record ServiceRecordV1(String namespace, String name, SortedMap<String, Long> lastIndexes) {

    static ServiceRecordV1 of(ServiceRecord service) {
        SortedMap<String, Long> lastIndexes = new TreeMap<>();
        service.lastIndexes().forEach((status, index) -> lastIndexes.put(WireEnum.STATUS.name(status), index));
        return new ServiceRecordV1(
                service.key().namespace().value(), service.key().name().value(), lastIndexes);
    }

    ServiceRecord thaw() {
        Map<InstanceStatus, Long> thawed = new EnumMap<>(InstanceStatus.class);
        lastIndexes.forEach((status, index) -> thawed.put(WireEnum.STATUS.parse(status), index));
        return new ServiceRecord(RegistrationV1.service(namespace, name), thawed);
    }
}

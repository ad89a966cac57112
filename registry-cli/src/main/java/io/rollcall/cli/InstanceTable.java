package io.rollcall.cli;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.Registration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Instances for people. */
final class InstanceTable {

    private static final int MAX_TAGS_WIDTH = 60;

    private InstanceTable() {}

    static Table of(List<Instance> instances) {
        Table table = new Table("ID", "ADDRESS", "STATUS", "VERSION", "ZONE", "WEIGHT", "TAGS");
        for (Instance instance : instances) {
            Registration registration = instance.registration();
            table.row(
                    instance.key().id(),
                    address(registration),
                    ColouredText.status(instance),
                    registration.version(),
                    registration.zone(),
                    registration.weight(),
                    tags(registration.tags()));
        }
        return table;
    }

    /** Such as {@code http://10.0.0.1:8080}, or {@code http://[::1]:8080}. */
    static String address(Registration registration) {
        String host = registration.host().contains(":") ? "[" + registration.host() + "]" : registration.host();
        return registration.protocol().wireName() + "://" + host + ":" + registration.port();
    }

    private static String tags(Map<String, String> tags) {
        String text = tags.entrySet().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(" "));
        return text.length() <= MAX_TAGS_WIDTH ? text : text.substring(0, MAX_TAGS_WIDTH - 1) + "…";
    }
}

package io.rollcall.server.query;

import io.rollcall.api.model.Instance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something of an instance that expressions may name.
 *
 * @param name as expressions write it, canonically
 * @param type what it holds
 * @param reader takes it out of an instance
 */
record Field(String name, FieldType type, Reader reader) {

    /** Takes one value out of an instance. */
    interface Reader {

        /** The value in the class that the field's type compares; null if the instance has none. */
        @Nullable
        Object read(Instance instance);
    }

    /** The tags as a whole, and the prefix of one tag. */
    static final String TAGS = "tags";

    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_.-]+");

    private static final Map<String, Field> BY_NAME = new LinkedHashMap<>();

    static {
        add("name", FieldType.TEXT, i -> i.key().service().name().value());
        add("id", FieldType.TEXT, i -> i.key().id().value());
        add("namespace", FieldType.TEXT, i -> i.key().service().namespace().value());
        add("version", FieldType.VERSION, i -> i.registration().version());
        add("host", FieldType.TEXT, i -> i.registration().host());
        add("port", FieldType.NUMBER, i -> (long) i.registration().port());
        add("protocol", FieldType.PROTOCOL, i -> i.registration().protocol().wireName());
        add(TAGS, FieldType.MAP, i -> i.registration().tags());
        add("zone", FieldType.TEXT, i -> i.registration().zone());
        add("weight", FieldType.NUMBER, i -> (long) i.registration().weight());
        add("ttl", FieldType.DURATION, i -> i.registration().ttl());
        add("deregisterAfter", FieldType.DURATION, i -> i.registration().deregisterAfter());
        add("incarnation", FieldType.NUMBER, Instance::incarnation);
        add("status", FieldType.STATUS, i -> i.status().wireName());
        add("statusReason", FieldType.TEXT, Instance::statusReason);
        add("statusSince", FieldType.TIME, Instance::statusSince);
        add("healthySince", FieldType.TIME, Instance::healthySince);
        add("suspect", FieldType.FLAG, Instance::suspect);
        add("registrationTime", FieldType.TIME, Instance::registrationTime);
        add("createIndex", FieldType.NUMBER, Instance::createIndex);
        add("modifyIndex", FieldType.NUMBER, Instance::modifyIndex);
    }

    /** Fields of the interface that expressions may not name, each with the reason. */
    private static final Map<String, String> NOT_SELECTED_ON = Map.of(
            "metadata", "is carried, not selected on; put into tags what filters ask for",
            "healthCheck", "is carried, not selected on",
            "lastHeartbeat", "changes with every heartbeat and is not selected on; ask for status or suspect");

    private static void add(String name, FieldType type, Reader reader) {
        BY_NAME.put(name, new Field(name, type, reader));
    }

    static @Nullable Field named(String name) {
        return BY_NAME.get(name);
    }

    /** The field of one tag. */
    static Field tag(String key) {
        String name = PLAIN_KEY.matcher(key).matches() ? TAGS + "." + key : TAGS + "[" + Literals.quote(key) + "]";
        return new Field(
                name, FieldType.TEXT, instance -> instance.registration().tags().get(key));
    }

    /** Why a field of the interface may not be named; null if that is not so. */
    static @Nullable String reasonAgainst(String name) {
        return NOT_SELECTED_ON.get(name);
    }

    /** The names that a message may offer. */
    static List<String> names() {
        return BY_NAME.keySet().stream()
                .map(name -> name.equals(TAGS) ? "tags.KEY" : name)
                .toList();
    }

    @Nullable
    Object of(Instance instance) {
        return reader.read(instance);
    }

    /** The value as expressions write it, so that it can be compared with what was asked for. */
    String shown(Instance instance) {
        Object value = of(instance);
        if (value == null) {
            return "absent";
        }
        return value instanceof Map<?, ?> map
                ? map.keySet().stream()
                        .map(key -> Literals.quote(key.toString()))
                        .collect(Collectors.joining(", ", "{", "}"))
                : Literals.print(value);
    }
}

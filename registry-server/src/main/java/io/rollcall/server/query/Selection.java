package io.rollcall.server.query;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.Protocol;
import io.rollcall.api.model.Violations;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which instances a reader wants: all parts must hold. Immutable and thread-safe.
 *
 * @param statuses what status they may have; never empty, in the order of the enum. None given means those that take
 *     traffic
 * @param tags what tags they must have; sorted, without repetition
 * @param version equal to theirs as text; null for any
 * @param zone equal to theirs; null for any
 * @param protocol what they speak; null for any
 * @param filter must hold of them; null for none
 */
public record Selection(
        Set<InstanceStatus> statuses,
        List<RequiredTag> tags,
        @Nullable String version,
        @Nullable String zone,
        @Nullable Protocol protocol,
        @Nullable Filter filter) {

    /** Most tags of one selection; an instance has no more. */
    public static final int MAX_TAGS = 64;

    /** What a reader gets who asks for nothing else: the instances that take traffic. */
    public static final Selection DEFAULT = new Selection(Set.of(), List.of(), null, null, null, null);

    /** All instances, whatever their status. */
    public static final Selection ALL =
            new Selection(EnumSet.allOf(InstanceStatus.class), List.of(), null, null, null, null);

    /** Copies the collections and puts them in order. */
    public Selection {
        statuses = Collections.unmodifiableSet(
                EnumSet.copyOf(statuses.isEmpty() ? InstanceStatus.TAKES_TRAFFIC : statuses));
        tags = tags.stream().distinct().sorted().toList();
    }

    /**
     * Reads the parameters {@code status}, {@code tag}, {@code version}, {@code zone}, {@code protocol} and {@code
     * filter} of a query; others are passed over.
     *
     * @param parameters values by name, decoded, in the order given
     * @return the selection
     * @throws InvalidRequestException naming every bad parameter
     */
    public static Selection parse(Map<String, List<String>> parameters) {
        Violations violations = new Violations();
        Set<InstanceStatus> statuses = EnumSet.noneOf(InstanceStatus.class);
        for (String list : parameters.getOrDefault("status", List.of())) {
            addStatuses(list, statuses, violations);
        }
        List<String> tagTexts = parameters.getOrDefault("tag", List.of());
        if (tagTexts.size() > MAX_TAGS) {
            violations.add("tag", "must be given at most " + MAX_TAGS + " times, is " + tagTexts.size(), MAX_TAGS);
        }
        List<RequiredTag> tags = tagTexts.stream()
                .limit(MAX_TAGS)
                .flatMap(text -> Stream.ofNullable(violations.collect(() -> RequiredTag.parse("tag", text))))
                .toList();
        String version = single("version", parameters, violations, Function.identity());
        String zone = single("zone", parameters, violations, Function.identity());
        Protocol protocol = single("protocol", parameters, violations, text -> Protocol.parse("protocol", text));
        Filter filter = single(Filter.FIELD, parameters, violations, Filter::parse);
        violations.throwIfAny();
        return new Selection(statuses, tags, version, zone, protocol, filter);
    }

    private static void addStatuses(String list, Set<InstanceStatus> statuses, Violations violations) {
        for (String name : list.split(",", -1)) {
            if (name.equals("any")) {
                statuses.addAll(EnumSet.allOf(InstanceStatus.class));
                continue;
            }
            try {
                statuses.add(InstanceStatus.parse("status", name));
            } catch (InvalidRequestException e) {
                violations.add("status", e.violations().get(0).message() + ", or any");
            }
        }
    }

    private static <T> @Nullable T single(
            String name, Map<String, List<String>> parameters, Violations violations, Function<String, T> parser) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            violations.add(name, "must be given once, is given " + values.size() + " times", 1);
            return null;
        }
        // A shell's unset variable, mostly. It must not mean "those that have none", and in a deletion not "all".
        if (values.get(0).isEmpty()) {
            violations.add(name, "must not be empty; leave it out for any");
            return null;
        }
        return violations.collect(() -> parser.apply(values.get(0)));
    }

    /**
     * Decides one instance.
     *
     * @param instance any
     * @return true if the reader wants it
     */
    public boolean matches(Instance instance) {
        return statuses.contains(instance.status())
                && (protocol == null || protocol == instance.registration().protocol())
                && (zone == null || zone.equals(instance.registration().zone()))
                && (version == null || version.equals(instance.registration().version()))
                && hasTags(instance)
                && (filter == null || filter.matches(instance));
    }

    // No stream: this runs for each instance of each selecting read.
    private boolean hasTags(Instance instance) {
        for (RequiredTag tag : tags) {
            if (!tag.matches(instance)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Tells whether this is what a reader gets who asks for nothing else.
     *
     * @return true if it equals {@link #DEFAULT}
     */
    public boolean isDefault() {
        return equals(DEFAULT);
    }

    /**
     * Returns a text that two selections share exactly if they are equal.
     *
     * @return canonical, printable, with the name and value of each part that is set
     */
    public String cacheKey() {
        StringBuilder key = new StringBuilder("status=");
        key.append(statuses.stream().map(InstanceStatus::wireName).collect(Collectors.joining(",")));
        // Quoted: no value can then look like the next part.
        tags.forEach(tag -> key.append("&tag=")
                .append(Literals.quote(tag.key()))
                .append(':')
                .append(Literals.quote(tag.value())));
        if (version != null) {
            key.append("&version=").append(Literals.quote(version));
        }
        if (zone != null) {
            key.append("&zone=").append(Literals.quote(zone));
        }
        if (protocol != null) {
            key.append("&protocol=").append(protocol.wireName());
        }
        if (filter != null) {
            key.append("&filter=").append(filter.text());
        }
        return key.toString();
    }
}

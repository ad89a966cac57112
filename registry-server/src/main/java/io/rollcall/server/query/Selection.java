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
 * Which instances a reader wants: those that pass all its steps. Immutable and thread-safe; two are equal if they ask for
 * the same.
 */
public final class Selection {

    /** The parameters that {@link #parse} reads. */
    public static final Set<String> PARAMETERS = Set.of("status", "tag", "version", "zone", "protocol", Filter.FIELD);

    /** Most tags of one selection; an instance has no more. */
    public static final int MAX_TAGS = 64;

    /** What a reader gets who asks for nothing else: the instances that take traffic. */
    public static final Selection DEFAULT = new Selection(Set.of(), List.of(), null, null, null, null);

    /** All instances, whatever their status. */
    public static final Selection ALL =
            new Selection(EnumSet.allOf(InstanceStatus.class), List.of(), null, null, null, null);

    private final Step.OfStatus ofStatus;
    private final List<Step> steps;
    // The same as an array: it is walked for each instance of each selecting read.
    private final Step[] walked;
    private final String cacheKey;

    /**
     * A selection.
     *
     * @param statuses what status they may have; none means those that take traffic
     * @param tags what tags they must have; repetitions do not count
     * @param version equal to theirs as text; null for any
     * @param zone equal to theirs; null for any
     * @param protocol what they speak; null for any
     * @param filter must hold of them; null for none
     */
    public Selection(
            Set<InstanceStatus> statuses,
            List<RequiredTag> tags,
            @Nullable String version,
            @Nullable String zone,
            @Nullable Protocol protocol,
            @Nullable Filter filter) {
        ofStatus = new Step.OfStatus(Collections.unmodifiableSet(
                EnumSet.copyOf(statuses.isEmpty() ? InstanceStatus.TAKES_TRAFFIC : statuses)));
        List<RequiredTag> sorted = tags.stream().distinct().sorted().toList();
        // The cheap ones first, and the filter last.
        steps = Stream.of(
                        ofStatus,
                        protocol == null ? null : new Step.OfProtocol(protocol),
                        zone == null ? null : new Step.OfZone(zone),
                        version == null ? null : new Step.OfVersion(version),
                        sorted.isEmpty() ? null : new Step.OfTags(sorted),
                        filter == null ? null : new Step.OfFilter(filter))
                .flatMap(Stream::<Step>ofNullable)
                .toList();
        walked = steps.toArray(Step[]::new);
        cacheKey = cacheKey(ofStatus.statuses(), sorted, version, zone, protocol, filter);
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
     * Returns the conditions, all of which an instance must pass. The first is that of the status.
     *
     * @return only those that the query asks for, in the order in which they are decided
     */
    public List<Step> steps() {
        return steps;
    }

    /**
     * Decides one instance.
     *
     * @param instance any
     * @return true if it passes all steps
     */
    public boolean matches(Instance instance) {
        for (Step step : walked) {
            if (!step.passes(instance)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns what status the instances may have.
     *
     * @return never empty, in the order of the enum
     */
    public Set<InstanceStatus> statuses() {
        return ofStatus.statuses();
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
        return cacheKey;
    }

    private static String cacheKey(
            Set<InstanceStatus> statuses,
            List<RequiredTag> tags,
            @Nullable String version,
            @Nullable String zone,
            @Nullable Protocol protocol,
            @Nullable Filter filter) {
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

    @Override
    public boolean equals(Object other) {
        return other instanceof Selection that && cacheKey.equals(that.cacheKey);
    }

    @Override
    public int hashCode() {
        return cacheKey.hashCode();
    }

    @Override
    public String toString() {
        return cacheKey;
    }
}

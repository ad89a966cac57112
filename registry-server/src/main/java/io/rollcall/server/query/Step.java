package io.rollcall.server.query;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One condition of a selection. Discovery decides by its steps, and an explanation shows the same ones. */
public sealed interface Step {

    /**
     * Returns the parameter of the query that asks for it.
     *
     * @return such as {@code zone}
     */
    String name();

    /**
     * Decides one instance.
     *
     * @param instance any
     * @return true if the instance may be returned as far as this step goes
     */
    boolean passes(Instance instance);

    /**
     * Returns what the query asks for.
     *
     * @return as a query may write it
     */
    String wanted();

    /**
     * Returns what the instance has there.
     *
     * @param instance any
     * @return empty if it has nothing; null if that cannot be said in a few words
     */
    @Nullable
    String actual(Instance instance);

    /**
     * The status is one of these.
     *
     * @param statuses in the order of the enum
     */
    record OfStatus(Set<InstanceStatus> statuses) implements Step {
        @Override
        public String name() {
            return "status";
        }

        @Override
        public boolean passes(Instance instance) {
            return statuses.contains(instance.status());
        }

        @Override
        public String wanted() {
            return statuses.stream().map(InstanceStatus::wireName).collect(Collectors.joining(","));
        }

        @Override
        public String actual(Instance instance) {
            return instance.status().wireName();
        }
    }

    /**
     * It speaks this protocol.
     *
     * @param protocol which
     */
    record OfProtocol(Protocol protocol) implements Step {
        @Override
        public String name() {
            return "protocol";
        }

        @Override
        public boolean passes(Instance instance) {
            return protocol == instance.registration().protocol();
        }

        @Override
        public String wanted() {
            return protocol.wireName();
        }

        @Override
        public String actual(Instance instance) {
            return instance.registration().protocol().wireName();
        }
    }

    /**
     * It is in this zone.
     *
     * @param zone as text
     */
    record OfZone(String zone) implements Step {
        @Override
        public String name() {
            return "zone";
        }

        @Override
        public boolean passes(Instance instance) {
            return zone.equals(instance.registration().zone());
        }

        @Override
        public String wanted() {
            return zone;
        }

        @Override
        public String actual(Instance instance) {
            return instance.registration().zone();
        }
    }

    /**
     * It has this version.
     *
     * @param version as text
     */
    record OfVersion(String version) implements Step {
        @Override
        public String name() {
            return "version";
        }

        @Override
        public boolean passes(Instance instance) {
            return version.equals(instance.registration().version());
        }

        @Override
        public String wanted() {
            return version;
        }

        @Override
        public String actual(Instance instance) {
            return instance.registration().version();
        }
    }

    /**
     * It has all these tags.
     *
     * @param tags at least one
     */
    record OfTags(List<RequiredTag> tags) implements Step {
        @Override
        public String name() {
            return "tags";
        }

        // No stream: this runs for each instance of each selecting read.
        @Override
        public boolean passes(Instance instance) {
            for (RequiredTag tag : tags) {
                if (!tag.matches(instance)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String wanted() {
            return tags.stream().map(tag -> tag.key() + ":" + tag.value()).collect(Collectors.joining(", "));
        }

        @Override
        public String actual(Instance instance) {
            Map<String, String> present = instance.registration().tags();
            return tags.stream()
                    .map(RequiredTag::key)
                    .distinct()
                    .filter(key -> present.containsKey(key))
                    .map(key -> key + ":" + present.get(key))
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * The expression holds.
     *
     * @param filter which
     */
    record OfFilter(Filter filter) implements Step {
        @Override
        public String name() {
            return "filter";
        }

        @Override
        public boolean passes(Instance instance) {
            return filter.matches(instance);
        }

        @Override
        public String wanted() {
            return filter.text();
        }

        @Override
        public @Nullable String actual(Instance instance) {
            return null;
        }
    }
}

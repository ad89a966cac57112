package io.rollcall.cli;

import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Protocol;
import io.rollcall.client.Selection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select instances of a service. */
final class SelectionOptions {

    @Option(
            names = "--status",
            split = ",",
            paramLabel = "STATUS",
            completionCandidates = Candidates.Statuses.class,
            description = "Only these, a list with commas: ${COMPLETION-CANDIDATES}.")
    private List<String> statuses = List.of();

    @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "Only with this tag; repeats, all must be there.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(names = "--version", paramLabel = "VERSION", description = "Only this version.")
    private @Nullable String version;

    @Option(names = "--zone", paramLabel = "ZONE", description = "Only this zone.")
    private @Nullable String zone;

    @Option(
            names = "--protocol",
            paramLabel = "PROTOCOL",
            completionCandidates = Candidates.Protocols.class,
            description = "Only this protocol: ${COMPLETION-CANDIDATES}.")
    private @Nullable Protocol protocol;

    @Option(
            names = "--filter",
            paramLabel = "EXPRESSION",
            description = "Only where this holds, such as: tags.env == \"prod\" and version >= \"2.1\"")
    private @Nullable String filter;

    boolean isEmpty() {
        return statuses.isEmpty()
                && tags.isEmpty()
                && version == null
                && zone == null
                && protocol == null
                && filter == null;
    }

    Selection selection() {
        Selection selection = new Selection(statuses(), List.of(), version, zone, protocol, filter);
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            selection = selection.withTag(tag.getKey(), tag.getValue());
        }
        return selection;
    }

    private Set<InstanceStatus> statuses() {
        if (statuses.contains(Candidates.Statuses.ANY)) {
            return Selection.ANY_STATUS;
        }
        Set<InstanceStatus> set = EnumSet.noneOf(InstanceStatus.class);
        statuses.forEach(status -> set.add(InstanceStatus.parse("--status", status)));
        return set;
    }
}

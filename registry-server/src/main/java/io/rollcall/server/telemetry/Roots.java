package io.rollcall.server.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import io.rollcall.server.trace.SpanName;
import io.rollcall.server.trace.SpanNames;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sampler that the variables ask for, but for traces that begin with one of {@link SpanNames#ALWAYS}: those are sampled
 * whatever the ratio, unless nothing that begins here is. What of its decisions is the same for all requests is known
 * beforehand, so that a request that is not sampled need not ask.
 */
public final class Roots implements Sampler {

    private static final Set<String> ALWAYS =
            SpanNames.ALWAYS.stream().map(SpanName::text).collect(Collectors.toUnmodifiableSet());

    private final Sampler asked;
    private final boolean maySample;
    private final boolean followCallers;

    private Roots(Sampler asked, boolean maySample, boolean followCallers) {
        this.asked = asked;
        this.maySample = maySample;
        this.followCallers = followCallers;
    }

    /**
     * Samples as another one does, but for what is always sampled.
     *
     * @param asked what the variables ask for
     * @return to be given to the SDK in its place
     */
    public static Roots of(Sampler asked) {
        // By their descriptions: the samplers of the specification say there what they are made of.
        String description = asked.getDescription();
        boolean isOff = description.equals("AlwaysOffSampler") || description.startsWith("ParentBased{root:AlwaysOff");
        boolean isByParent =
                description.startsWith("ParentBased{") && description.contains("remoteParentNotSampled:AlwaysOff");
        return new Roots(asked, !isOff, isByParent || description.equals("AlwaysOffSampler"));
    }

    /** Whether a trace may be sampled that begins here. */
    boolean maySample() {
        return maySample;
    }

    /** Whether nothing is sampled below a caller's span that is not. */
    boolean followCallers() {
        return followCallers;
    }

    @Override
    public SamplingResult shouldSample(
            Context parent,
            String traceId,
            String name,
            SpanKind kind,
            Attributes attributes,
            List<LinkData> parentLinks) {
        boolean isRoot = !Span.fromContext(parent).getSpanContext().isValid();
        return isRoot && maySample && ALWAYS.contains(name)
                ? SamplingResult.create(SamplingDecision.RECORD_AND_SAMPLE)
                : asked.shouldSample(parent, traceId, name, kind, attributes, parentLinks);
    }

    @Override
    public String getDescription() {
        return "Roots{" + asked.getDescription() + "}";
    }

    @Override
    public String toString() {
        return getDescription();
    }
}

package io.rollcall.server.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import io.rollcall.server.trace.SpanName;
import io.rollcall.server.trace.SpanNames;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sampler that the variables ask for, but for traces that begin with one of {@link SpanNames#ALWAYS}: those are sampled
 * whatever the ratio, unless nothing that begins here is. What of its decisions is the same for all requests is known
 * beforehand, so that a request that is not sampled need not ask: of most nothing is made, no trace id either. Where the
 * sampler asked for looks at no more than that id, which is drawn at random, a coin is drawn in its place.
 */
public final class Roots implements Sampler {

    private static final Set<String> ALWAYS =
            SpanNames.ALWAYS.stream().map(SpanName::text).collect(Collectors.toUnmodifiableSet());

    private static final ContextKey<Boolean> DRAWN = ContextKey.named("rollcall-drawn");
    private static final Context DRAWN_ROOT = Context.root().with(DRAWN, true);

    private final Sampler asked;
    // NaN: the sampler looks at more than a random number.
    private final double ratio;
    private final boolean maySample;
    private final boolean followCallers;

    private Roots(Sampler asked, double ratio, boolean maySample, boolean followCallers) {
        this.asked = asked;
        this.ratio = ratio;
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
        return of(asked, Double.NaN);
    }

    /**
     * Samples as one does that takes a share of the traces that begin here, by nothing but their random ids, but for what is
     * always sampled.
     *
     * @param asked what the variables ask for
     * @param ratio the share, 0 to 1; NaN where the sampler is not of that kind
     * @return to be given to the SDK in its place
     */
    static Roots of(Sampler asked, double ratio) {
        // By their descriptions: the samplers of the specification say there what they are made of.
        String description = asked.getDescription();
        boolean isOff = description.equals("AlwaysOffSampler") || description.startsWith("ParentBased{root:AlwaysOff");
        boolean isByParent =
                description.startsWith("ParentBased{") && description.contains("remoteParentNotSampled:AlwaysOff");
        return new Roots(asked, ratio, !isOff, isByParent || description.equals("AlwaysOffSampler"));
    }

    /** What a request that begins a trace is to be begun below; null if that trace is not sampled. */
    @Nullable
    Context draw() {
        if (!maySample) {
            return null;
        }
        if (Double.isNaN(ratio)) {
            return Context.root();
        }
        return ThreadLocalRandom.current().nextDouble() < ratio ? DRAWN_ROOT : null;
    }

    /** The same for work that begins a trace. */
    @Nullable
    Context draw(SpanName name) {
        if (!ALWAYS.contains(name.text())) {
            return draw();
        }
        return maySample ? Context.root() : null;
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
        return isRoot && maySample && (parent.get(DRAWN) != null || ALWAYS.contains(name))
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

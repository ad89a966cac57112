package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InvalidRequestException;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.api.model.Violation;
import io.rollcall.server.query.Selection;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.server.view.ServiceState;
import io.rollcall.statemachine.command.Command.DeregisterMany;
import io.rollcall.statemachine.command.Command.DeregisterMany.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Deregistration of all instances of a service that a selection matches. What it matches is decided on a state that
 * holds everything acknowledged before; an instance that changes after that is left alone. Thread-safe.
 */
public final class BulkDeregistration {

    /** The parameters of the selection. */
    public static final Set<String> PARAMETERS = Set.of("status", "tag", "version", "zone", "protocol", "filter");

    /** Most instances of one request. */
    public static final int MAX_TARGETS = 5_000;

    // A service of so few is gone by any removal that matters; asking would only teach to confirm always.
    private static final int UNGUARDED_SIZE = 3;
    private static final int PERCENT = 100;

    private final Writes writes;
    private final CatalogView view;
    private final int unconfirmedPercent;

    /**
     * The deregistrations of a node.
     *
     * @param writes the way of all writes
     * @param view what is there
     * @param unconfirmedPercent the share of a service that goes without a confirmation, 1 to 100
     */
    public BulkDeregistration(Writes writes, CatalogView view, int unconfirmedPercent) {
        this.writes = writes;
        this.view = view;
        this.unconfirmedPercent = unconfirmedPercent;
    }

    /**
     * Removes what matches.
     *
     * @param service of which service
     * @param parameters the selection; without one all instances match, and only with a confirmation
     * @param confirmed whether the caller knows that it may be much
     * @param context request id and circumstances
     * @return fails with {@link InvalidRequestException} if the selection is bad
     */
    public CompletableFuture<WriteOutcome> remove(
            ServiceKey service, Map<String, List<String>> parameters, boolean confirmed, RequestContext context) {
        boolean selects = PARAMETERS.stream().anyMatch(parameters::containsKey);
        if (!selects && !confirmed) {
            throw new InvalidRequestException(new Violation(
                    "filter", "or another selection is required to deregister many; confirm=true removes all"));
        }
        Map<String, List<String>> withStatus = new HashMap<>(parameters);
        withStatus.putIfAbsent("status", List.of("any"));
        Selection selection = Selection.parse(withStatus);
        return writes.current(() -> removeMatching(service, selection, confirmed, context));
    }

    private CompletableFuture<WriteOutcome> removeMatching(
            ServiceKey service, Selection selection, boolean confirmed, RequestContext context) {
        ServiceState state = view.current().service(service);
        List<Target> targets = state == null ? List.of() : matching(state, selection);
        int total = state == null ? 0 : state.size();
        if (targets.size() > MAX_TARGETS) {
            return rejected(Problem.of(
                            ErrorCode.INVALID_REQUEST,
                            "filter must match at most " + MAX_TARGETS + " instances at once, matches " + targets.size()
                                    + "; narrow it")
                    .with("field", "filter")
                    .with("limit", MAX_TARGETS));
        }
        boolean isGuarded = total > UNGUARDED_SIZE && targets.size() * PERCENT > total * unconfirmedPercent;
        if (isGuarded && !confirmed) {
            return rejected(confirmationRequired(service, targets.size(), total));
        }
        if (targets.isEmpty() && context.requestId() == null) {
            WriteOutcome nothing = new WriteOutcome.RemovedMany(view.current().appliedIndex(), 0, 0);
            return CompletableFuture.completedFuture(
                    context.dryRun() ? new WriteOutcome.DryRun(nothing, null) : nothing);
        }
        String request = service + "?" + selection.cacheKey() + "&confirm=" + confirmed;
        return writes.writeChosen(context, request, header -> new DeregisterMany(header, targets));
    }

    private static List<Target> matching(ServiceState state, Selection selection) {
        List<Target> targets = new ArrayList<>();
        for (InstanceEntry entry : state.instances()) {
            Instance instance = entry.instance();
            if (selection.matches(instance)) {
                targets.add(new Target(instance.key(), instance.modifyIndex()));
            }
        }
        return targets;
    }

    private Problem confirmationRequired(ServiceKey service, int matched, int total) {
        return Problem.of(
                        ErrorCode.CONFIRMATION_REQUIRED,
                        "this would remove " + matched + " of the " + total + " instances of '" + service
                                + "', more than " + unconfirmedPercent + " %; pass confirm=true if that is meant")
                .with("matched", matched)
                .with("total", total)
                .with("share", matched / (double) total)
                .with("limit", unconfirmedPercent / (double) PERCENT);
    }

    private static CompletableFuture<WriteOutcome> rejected(Problem problem) {
        return CompletableFuture.completedFuture(new WriteOutcome.Rejected(problem));
    }
}

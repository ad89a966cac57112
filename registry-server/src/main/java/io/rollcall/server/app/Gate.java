package io.rollcall.server.app;

import io.rollcall.api.model.Instance;
import io.rollcall.server.query.Selection;
import io.rollcall.server.query.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One step of an explanation. Those of a query are the steps of its selection, and before the one of the status two that
 * take out a part of what it takes out: what has the wrong status by its lease, and by its health. So an instance passes
 * all gates exactly if discovery returns it.
 *
 * @param name of the step
 * @param passes decides an instance
 */
record Gate(String name, Predicate<Instance> passes) {

    static final String LEASE = "lease";
    static final String HEALTH = "health";

    static List<Gate> of(Selection selection) {
        List<Gate> gates = new ArrayList<>();
        gates.add(new Gate(LEASE, instance -> passes(selection, instance, StatusCause.LEASE)));
        gates.add(new Gate(HEALTH, instance -> passes(selection, instance, StatusCause.HEALTH)));
        for (Step step : selection.steps()) {
            gates.add(new Gate(step.name(), step::passes));
        }
        return gates;
    }

    static boolean passes(Selection selection, Instance instance, StatusCause cause) {
        return StatusCause.of(instance) != cause || selection.steps().get(0).passes(instance);
    }
}

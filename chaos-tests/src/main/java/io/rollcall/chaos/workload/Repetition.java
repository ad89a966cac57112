package io.rollcall.chaos.workload;

import io.rollcall.chaos.client.Outcome;
import io.rollcall.chaos.client.PlainClient;
import io.rollcall.chaos.cluster.NodeProcess;
import io.rollcall.chaos.history.WriteRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sends writes again that were acknowledged, and compares the answers: a repetition gets the first one. */
public final class Repetition {

    private Repetition() {}

    /**
     * Repeats writes, each at a node drawn at random.
     *
     * @param client with a patient time limit
     * @param nodes all running
     * @param done acknowledged writes, at most ten minutes old
     * @param random for the choice of the nodes
     * @return what is wrong, a sentence each; empty if nothing is
     */
    public static List<String> violations(
            PlainClient client, List<NodeProcess> nodes, List<WriteRecord> done, SplittableRandom random) {
        List<String> violations = new ArrayList<>();
        for (WriteRecord first : done) {
            NodeProcess node = nodes.get(random.nextInt(nodes.size()));
            Outcome again = client.send(node.http(), first.planned().request());
            if (!(again instanceof Outcome.Done same)) {
                violations.add(first + " was answered by " + node.id() + " with " + again);
            } else if (same.answer().index() != first.index()
                    || (first.planned().registers()
                            && !Attempts.incarnations(same.answer().body()).equals(first.incarnations()))) {
                violations.add(first + " was answered by " + node.id() + " with index "
                        + same.answer().index() + " and " + same.answer());
            }
        }
        return violations;
    }
}

package io.rollcall.cli;

import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.ClusterView;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Prints the members of the cluster. */
@Command(
        name = "status",
        abbreviateSynopsis = true,
        sortOptions = false,
        description = "Print members and leader as one node knows them, also without a quorum.",
        footer = {
            "",
            "APPLIED and LAG count entries of the Raft log.",
            "",
            "Examples:",
            "  rollcall cluster status",
            "  rollcall cluster status --server http://127.0.0.1:8501 --output json"
        })
final class ClusterStatusCommand extends ClientCommand {

    ClusterStatusCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    int run(RegistryClient client, Report report) {
        return report.print(client.operations().cluster(), done -> print(report, done));
    }

    private static void print(Report report, Outcome.Done<ClusterView> done) {
        ClusterView cluster = done.value();
        String leader = cluster.leader();
        report.show(ColouredText.of("cluster ")
                .plus(cluster.clusterId().isEmpty() ? "(not founded yet)" : cluster.clusterId())
                .plus(", ")
                .plus(leader == null ? ColouredText.of("NO LEADER", Ink.RED) : "leader " + leader)
                .plus(", term " + cluster.term() + ", as ")
                .plus(
                        done.headers().node().isEmpty()
                                ? "the node"
                                : done.headers().node())
                .plus(" sees it"));
        report.out().println();
        Table table = new Table("ID", "ROLE", "REACHABLE", "APPLIED", "LAG", "HTTP", "RAFT");
        for (ClusterView.Member member : cluster.members()) {
            table.row(
                    member.id(),
                    role(member.role()),
                    member.reachable() ? "yes" : ColouredText.of("NO", Ink.RED),
                    text(member.applied()),
                    text(member.lag()),
                    text(member.url()),
                    text(member.raft()));
        }
        report.show(table);
    }

    private static ColouredText role(@Nullable String role) {
        return ColouredText.of(text(role), "leader".equals(role) ? Ink.GREEN : Ink.PLAIN);
    }

    private static String text(@Nullable Object value) {
        return Objects.requireNonNullElse(value, "?").toString();
    }
}

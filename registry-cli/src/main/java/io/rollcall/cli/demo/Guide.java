package io.rollcall.cli.demo;

import io.rollcall.client.Outcome;
import io.rollcall.client.RegistryClient;
import io.rollcall.client.answer.ClusterView;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** What to try, to be typed as it is printed. */
final class Guide {

    private final DemoSettings settings;
    private final List<NodeProcess> nodes;
    private final PrintWriter out;

    Guide(DemoSettings settings, List<NodeProcess> nodes, PrintWriter out) {
        this.settings = settings;
        this.nodes = nodes;
        this.out = out;
    }

    void print() {
        String servers = nodes.stream().map(node -> node.address().url()).collect(Collectors.joining(","));
        String first = nodes.get(0).address().url();
        String last = nodes.get(nodes.size() - 1).address().url();
        String rollcall = settings.typedLauncher();
        String service = settings.samples() ? "user-service" : "my-service";
        out.println();
        out.println("The registry is up. Try, in another terminal:");
        out.println();
        out.println("  export ROLLCALL_SERVERS=" + servers);
        out.println("  " + rollcall + " cluster status");
        out.println("  " + rollcall + " register my-service my-service-001 --host 127.0.0.1 --port 9999 --ttl 0s");
        out.println("  " + rollcall + " services");
        out.println("  " + rollcall + " discover " + service);
        out.println("  curl -s '" + last + "/api/v1/services/" + service + "?consistency=linearizable'");
        out.println("  curl -s " + first + "/api/v1/stats");
        out.println();
        if (settings.samples()) {
            printTroubles(rollcall);
        }
        // Fewer than three go on only together.
        if (nodes.size() >= 3) {
            printVictims(servers);
        }
        out.println(
                "Ctrl-C stops everything" + (settings.data() == null ? " and removes the data." : "; the data stays."));
        out.println();
    }

    private void printTroubles(String rollcall) {
        Pace pace = settings.pace();
        if (!pace.cycle().isZero()) {
            out.println("Every " + SampleFleet.seconds(pace.cycle()) + " " + SampleFleet.FAILING
                    + " fails its health check for "
                    + SampleFleet.seconds(pace.failing().length()) + ", and " + SampleFleet.SILENT
                    + " sends no heartbeats for");
            out.println(SampleFleet.seconds(pace.silent().length())
                    + ". The lines with a * show how each goes critical, is called no more, and returns.");
            out.println();
        }
        out.println("  " + rollcall + " discover user-service --status any");
        out.println("  " + rollcall + " deregister order-service order-service-001    # it registers again");
        out.println();
    }

    private void printVictims(String servers) {
        out.println("Kill a node, and see that the " + (settings.samples() ? "calls below" : "others") + " go on:");
        out.println();
        String leader = leader(servers);
        for (NodeProcess node : nodes) {
            boolean leads = node.address().id().equals(leader);
            out.println("  kill -9 " + node.pid() + "    # " + node.address().id() + (leads ? ", the leader" : ""));
        }
        out.println();
    }

    private static String leader(String servers) {
        try (RegistryClient client =
                RegistryClient.builder().servers(List.of(servers.split(","))).build()) {
            return client.operations().cluster() instanceof Outcome.Done<ClusterView> done
                            && done.value().leader() != null
                    ? done.value().leader()
                    : "";
        }
    }
}

package io.rollcall.server;

import io.rollcall.api.model.Member;
import io.rollcall.server.app.BulkDeregistration;
import io.rollcall.server.app.Catalog;
import io.rollcall.server.app.ClusterAdmin;
import io.rollcall.server.app.ReadConsistency;
import io.rollcall.server.app.Registrations;
import io.rollcall.server.app.RequestIds;
import io.rollcall.server.app.Writes;
import io.rollcall.server.config.ServerSettings;
import io.rollcall.server.http.HttpServer;
import io.rollcall.server.http.UseCases;
import io.rollcall.server.raft.HaltOnFault;
import io.rollcall.server.raft.RatisNode;
import io.rollcall.server.view.CatalogView;
import io.rollcall.statemachine.state.ClusterRecord;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node: all its parts, built by hand in one order, started bottom up and stopped top down. */
public final class RegistryServer {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);

    private final ServerSettings settings;
    private final RatisNode raft;
    private final HttpServer http;
    private final ExecutorService offloading;
    private volatile boolean stopping;

    /**
     * Builds a node; nothing runs yet.
     *
     * @param settings checked
     * @throws IOException if the data folder cannot be used
     */
    public RegistryServer(ServerSettings settings) throws IOException {
        this.settings = settings;
        String id = settings.node().id();
        CatalogView view = new CatalogView();
        Member self = new Member(id, settings.http().advertised().toString(), ClusterRecord.SUPPORTED_FEATURE_LEVEL);
        this.raft = new RatisNode(
                self,
                settings.node().data(),
                settings.raft(),
                view,
                () -> view.current().appliedIndex(),
                new HaltOnFault());
        this.offloading = Executors.newFixedThreadPool(2);
        Writes writes = new Writes(
                raft.commands(), raft.freshness(), view, new RequestIds(id), settings.requests(), offloading);
        UseCases useCases = new UseCases(
                new Registrations(writes),
                new BulkDeregistration(writes, view, settings.requests().unconfirmedPercent()),
                new Catalog(view),
                new ReadConsistency(raft.freshness(), id, settings.requests().readDeadline()),
                new ClusterAdmin(raft.cluster(), view, raft.digests(), raft.freshness(), () -> stopping));
        this.http = new HttpServer(
                id, settings.http(), useCases, settings.node().shutdownTimeout().dividedBy(2));
    }

    /**
     * Starts serving.
     *
     * @throws IOException if the Raft server cannot start
     */
    public void start() throws IOException {
        raft.start();
        int port = http.start();
        LOG.atInfo()
                .addKeyValue("node", settings.node().id())
                .addKeyValue("http", settings.http().listen().withPort(port))
                .addKeyValue("raft", settings.raft().listen())
                .log("rollcall is serving");
    }

    /** Says that it is going, finishes what is in flight, hands the leadership over, and stops. */
    public void stop() {
        stopping = true;
        raft.stop();
        http.stop();
        offloading.shutdown();
    }
}

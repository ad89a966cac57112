package io.rollcall.cli.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The demo from its start to its end. Whatever way it ends, it leaves no process and no temporary folder behind. */
public final class Demo {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration CLEANUP_LIMIT = Duration.ofSeconds(30);

    private final DemoSettings settings;
    private final PrintWriter out;
    private final CountDownLatch cleanedUp = new CountDownLatch(1);

    /**
     * A demo that has not started.
     *
     * @param settings what it consists of
     * @param out where it tells what happens
     */
    public Demo(DemoSettings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * Runs until the process is told to end by SIGINT, SIGTERM or SIGHUP, or nobody reads its output any more.
     *
     * @throws DemoException if it cannot start
     */
    public void run() throws DemoException {
        Ports.requireFree(settings.addresses());
        Thread runner = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopBySignal(runner), "demo-stop"));
        try {
            runInFolder();
        } catch (InterruptedException e) {
            // By the hook: this is how a demo ends. Its process ends with it, so that nobody misses the flag.
            out.flush();
        } finally {
            cleanedUp.countDown();
        }
    }

    /** The hook of the process: lets the runner clean up, then ends the process as one that did what it was told. */
    private void stopBySignal(Thread runner) {
        if (cleanedUp.getCount() == 0) {
            return;
        }
        runner.interrupt();
        try {
            if (cleanedUp.await(CLEANUP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                out.flush();
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runInFolder() throws DemoException, InterruptedException {
        Path folder = null;
        try {
            Path kept = settings.data();
            folder = kept == null
                    ? Files.createTempDirectory("rollcall-demo-")
                    : Files.createDirectories(kept).toRealPath();
            runNodes(folder);
        } catch (IOException e) {
            throw new DemoException("the data folder cannot be used: " + e, e);
        } finally {
            if (folder != null && settings.data() == null) {
                remove(folder);
            }
        }
    }

    private void runNodes(Path folder) throws DemoException, InterruptedException {
        List<NodeProcess> nodes = new ArrayList<>();
        try {
            out.println("starting " + settings.nodes() + " nodes in " + folder);
            for (NodeAddress address : settings.addresses()) {
                NodeProcess node = NodeProcess.start(settings, address, folder);
                nodes.add(node);
                out.println("  " + address.id() + "  " + address.url() + "  pid " + node.pid() + "  log " + node.log());
            }
            try (Watch watch = new Watch(nodes, out)) {
                watch.awaitReady();
                runSamples(nodes, watch);
            }
        } finally {
            stop(nodes);
        }
    }

    private void runSamples(List<NodeProcess> nodes, Watch watch) throws DemoException, InterruptedException {
        List<String> urls = settings.addresses().stream().map(NodeAddress::url).toList();
        Guide guide = new Guide(settings, nodes, out);
        if (settings.samples()) {
            try (Samples samples = Samples.start(out, urls, settings.pace())) {
                out.println("registering the samples");
                samples.register();
                guide.print();
                watch.start();
                samples.consume();
            }
        } else {
            guide.print();
            watch.start();
            waitForTheEnd();
        }
    }

    private void waitForTheEnd() throws InterruptedException {
        while (!out.checkError()) {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private void stop(List<NodeProcess> nodes) {
        out.println("stopping the nodes");
        nodes.forEach(NodeProcess::terminate);
        awaitEnd(nodes);
        out.println("all nodes are stopped");
    }

    private void awaitEnd(List<NodeProcess> nodes) {
        long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
        try {
            for (NodeProcess node : nodes) {
                long left = Math.max(0, deadline - System.nanoTime());
                if (!node.awaitEnd(Duration.ofNanos(left))) {
                    out.println(node.address().id() + " did not end within " + STOP_LIMIT.toSeconds()
                            + " s and was killed");
                }
            }
        } catch (InterruptedException e) {
            nodes.forEach(NodeProcess::kill);
            Thread.currentThread().interrupt();
        }
    }

    private void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            out.println(folder + " could not be removed: " + e);
        }
    }
}

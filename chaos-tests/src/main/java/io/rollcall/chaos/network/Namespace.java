package io.rollcall.chaos.network;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network namespace of a driver. Its name tells which one, so that those of dead drivers can be found.
 *
 * @param name of the namespace
 */
record Namespace(String name) {

    private static final Logger LOG = LoggerFactory.getLogger(Namespace.class);
    private static final Pattern NAME = Pattern.compile("rollcall-(\\d+)-\\S+");

    /** That of a driver, by its process id, for a part of its network. */
    static Namespace of(long driver, String part) {
        return new Namespace("rollcall-" + driver + "-" + part);
    }

    /** Deletes those of drivers that are dead, and those that an earlier network of this one has left. */
    static void deleteLeftovers(long driver) {
        for (String line : SystemCommand.run("ip netns list")) {
            String name = line.split(" ", 2)[0];
            Matcher matcher = NAME.matcher(name);
            if (matcher.matches() && isDone(Long.parseLong(matcher.group(1)), driver)) {
                LOG.atWarn().addKeyValue("namespace", name).log("deletes what a driver has left");
                new Namespace(name).delete();
            }
        }
    }

    private static boolean isDone(long owner, long driver) {
        return owner == driver || ProcessHandle.of(owner).isEmpty();
    }

    void add() {
        SystemCommand.run("ip netns add " + name);
        ip("link set lo up");
    }

    /** Takes away what is in it, and itself once no process is left in it. */
    void delete() {
        try {
            SystemCommand.run("ip netns del " + name);
        } catch (IllegalStateException e) {
            LOG.atDebug().addKeyValue("namespace", name).setCause(e).log("is not there");
        }
    }

    /** Runs {@code ip} on it. */
    void ip(String arguments) {
        List<String> printed = SystemCommand.run("ip -n " + name + " " + arguments);
        LOG.atTrace().addKeyValue("printed", printed).log("ip {}", arguments);
    }

    /** Runs {@code iptables} in it, and waits for whoever else does. */
    List<String> iptables(String arguments) {
        return SystemCommand.run("ip netns exec " + name + " iptables -w " + arguments);
    }

    /** Makes a chain that drops what is sent to it. */
    void addDroppingChain(String chain) {
        iptables("-N " + chain);
        iptables("-A " + chain + " -j DROP");
    }

    /** How many packets a chain has dropped. */
    long packets(String chain) {
        // A line on the chain, a line of titles, then its only rule.
        String rule = iptables("-L " + chain + " -v -x -n").get(2);
        return Long.parseLong(rule.strip().split(" +", 2)[0]);
    }

    /** The words before a command that make it run in here, in the same process. */
    String[] prefix() {
        return new String[] {"ip", "netns", "exec", name};
    }

    /** Why there can be none here, found out by trying. */
    static Optional<String> missing(long driver) {
        Namespace probe = of(driver, "probe");
        try {
            probe.add();
            probe.ip("link add bridge type bridge");
            probe.ip("link add one type veth peer name other");
            probe.iptables("-A INPUT -s 10.0.0.1 -m statistic --mode random --probability 0.5 -j DROP");
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } finally {
            probe.delete();
        }
    }
}

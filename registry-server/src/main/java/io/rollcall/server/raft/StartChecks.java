package io.rollcall.server.raft;

import io.rollcall.server.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** What must hold before a member takes part, and what to do where it does not. */
final class StartChecks {

    private final DataFolder data;

    StartChecks(DataFolder data) {
        this.data = data;
    }

    /** Ratis would end the process if its address was taken, without a word of what to do. */
    void requireFree(HostPort listen) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(listen.host(), listen.port()));
        } catch (IOException e) {
            throw new IOException(
                    "the Raft address " + listen + " cannot be bound (" + e.getMessage()
                            + "); end the process that has it, or give another --raft",
                    e);
        }
    }

    /** Ratis refuses damaged files, rightly, and does not say what to do. */
    IOException unreadable(Exception cause) {
        return new IOException(
                "the Raft log, the votes or the snapshots in " + data.raft() + " cannot be read (" + cause.getMessage()
                        + "). If a file there is damaged, move the data folder " + data + " away and start again: the"
                        + " member gets everything from the others, as long as they are a majority",
                cause);
    }

    /**
     * A member applies only what is on disk in its own log, so that the database can never be ahead of it, unless the
     * disk lost what it had said to keep. Then this member may have acknowledged what it no longer knows: it must not
     * vote any more.
     *
     * @param end the last entry of the log
     * @param durable the last entry that was applied and on disk
     */
    void requireWhole(long end, long durable) throws IOException {
        if (end < durable) {
            throw new IOException("the Raft log in " + data.raft() + " ends at entry " + end
                    + ", but entries up to " + durable
                    + " were on disk and applied: the disk lost some that were promised. Move the data folder " + data
                    + " away and start again: the member gets everything from the others");
        }
    }
}

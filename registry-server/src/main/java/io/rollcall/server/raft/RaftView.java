package io.rollcall.server.raft;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What this member knows of its Raft group. Each answer is as of its own moment. */
interface RaftView {

    String self();

    /** The leader as far as known, which may be this member; null if none is. */
    @Nullable
    String leader();

    /** Whether this member leads and has applied all that earlier leaders committed. */
    boolean leaderReady();

    long term();

    /** The committed log index as this member knows it. */
    long committedIndex();

    long appliedIndex();

    /** The end of this member's log or of its snapshot; {@link org.apache.ratis.server.raftlog.RaftLog#INVALID_LOG_INDEX} if it has neither. */
    long lastIndex();

    /** Who votes: one set, or two while the membership changes, of each of which a majority is needed. */
    List<Set<String>> voters();
}

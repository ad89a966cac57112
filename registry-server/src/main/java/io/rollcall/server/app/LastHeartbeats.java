package io.rollcall.server.app;

import io.rollcall.api.model.InstanceKey;

/** When instances were last heard: exact on the leader, as of the last checkpoint elsewhere. */
public interface LastHeartbeats {

    /**
     * Returns when an instance was last heard.
     *
     * @param key which
     * @param incarnation of which registration of it
     * @return milliseconds since the epoch; 0 if unknown
     */
    long lastHeartbeatMillis(InstanceKey key, long incarnation);
}

package io.rollcall.chaos.network;

/**
 * What has happened to a flow so far; the proof that a fault hit it. A chunk is what a sender wrote at once, or a part of it.
 *
 * @param deliveredBytes that came through
 * @param heldBytes that a cut held up, whether they came through later or not
 * @param heldConnections that a cut kept from being made
 * @param delayedChunks that were given a delay
 * @param lostChunks that were lost, counted each time
 */
public record FlowCounters(
        long deliveredBytes, long heldBytes, long heldConnections, long delayedChunks, long lostChunks) {}

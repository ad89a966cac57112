package io.rollcall.client.watch;

/**
 * What a watch has counted since it began.
 *
 * @param streams streams that were opened
 * @param resumed of these, such as went on where the one before had ended
 * @param events events that the listener was given
 * @param snapshots of these, snapshots
 * @param gaps changes that did not begin where the event before had ended; each began the watch anew
 * @param acknowledgements acknowledgements that a node took
 */
public record WatchFigures(long streams, long resumed, long events, long snapshots, long gaps, long acknowledgements) {}

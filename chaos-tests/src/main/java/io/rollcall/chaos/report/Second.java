package io.rollcall.chaos.report;

/**
 * What clients saw in one second of a run.
 *
 * @param second since the start of the run
 * @param acknowledged operations that were done
 * @param notDone operations that were refused
 * @param unknown operations of unknown outcome
 * @param medianMillis of the acknowledged ones' latency; 0 without any
 * @param p99Millis of the same
 */
public record Second(int second, int acknowledged, int notDone, int unknown, double medianMillis, double p99Millis) {}

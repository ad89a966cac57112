package io.rollcall.chaos.report;

/**
 * One fault of a run.
 *
 * @param kind such as {@code kill} or {@code partition}
 * @param target what it hit, such as {@code n2 (leader)}
 * @param fromMillis when it began, since the start of the run
 * @param toMillis when it was healed
 * @param proof what shows that it hit, such as {@code 4,096 bytes held}
 */
public record FaultSpan(String kind, String target, long fromMillis, long toMillis, String proof) {}

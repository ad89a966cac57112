package io.rollcall.chaos.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A run as it may come: a long mix of faults, a failed, a skipped and some short scenarios. */
final class SampleRun {

    static final long STARTED = 1_700_000_000_000L;

    private static final int SOAK_SECONDS = 1_800;
    private static final int SOAK_FAULTS = 150;
    private static final List<String> KINDS =
            List.of("kill", "pause", "isolate", "power loss", "slow disk", "one-way cut");

    private final SplittableRandom random = new SplittableRandom(5);

    private SampleRun() {}

    static RunReport report() {
        SampleRun run = new SampleRun();
        return report(run.soak(), run.failed(), run.pausedLeader(), skipped(), run.damages());
    }

    static RunReport report(ScenarioResult... results) {
        Machine machine =
                new Machine(2, 24L << 30, "Example CPU @ 2.60GHz", "Linux 6.18.5", "OpenJDK 64-Bit 17.0.15+6");
        Origin origin = new Origin("", "39228ae64b01", "mvn -B -Pchaos verify -pl chaos-tests -am", machine);
        return new RunReport(origin, STARTED, 2_304_000, results.length, List.of(results));
    }

    static ScenarioResult result(String name, Verdict verdict, String reason, Map<Figure, Long> figures) {
        return new ScenarioResult(
                name, "Title of " + name, 0, verdict, reason, STARTED, 4_200, figures, Map.of(), List.of(), List.of());
    }

    private static ScenarioResult skipped() {
        return new ScenarioResult(
                "PowerLossIT.allNodesLosePowerAtOnce",
                "All nodes lose power at once",
                0,
                Verdict.SKIPPED,
                "Assumption failed: needs root and loop devices",
                STARTED,
                3,
                Map.of(),
                Map.of(),
                List.of(),
                List.of());
    }

    private ScenarioResult soak() {
        List<FaultSpan> faults = new ArrayList<>();
        List<Long> silences = new ArrayList<>();
        List<Long> rejoins = new ArrayList<>();
        for (int i = 0; i < SOAK_FAULTS; i++) {
            String kind = KINDS.get(random.nextInt(KINDS.size()));
            long from = 4_000 + i * 11_800L + random.nextLong(2_000);
            long length = kind.equals("kill") ? 900 + random.nextLong(1_500) : 2_000 + random.nextLong(5_000);
            String target = "n" + (1 + random.nextInt(3)) + (i % 3 == 0 ? " (leader)" : "");
            faults.add(new FaultSpan(kind, target, from, from + length, i == 77 ? "" : proof(kind)));
            rejoins.add(400 + random.nextLong(2_200));
            if (target.endsWith("(leader)")) {
                silences.add(300 + random.nextLong(2_400));
            }
        }
        return new ScenarioResult(
                "SoakIT.nothingIsLostUnderAMixOfFaults",
                "Nothing is lost under a random mix of faults",
                -6_729_421_936_584_159_820L,
                Verdict.PASSED,
                "",
                STARTED + 1_000,
                SOAK_SECONDS * 1_000L,
                soakFigures(),
                Map.of("time without a write after a leader's death", silences, "rejoin of a killed node", rejoins),
                faults,
                seconds(SOAK_SECONDS, faults, 520));
    }

    private static Map<Figure, Long> soakFigures() {
        return Map.ofEntries(
                Map.entry(Figure.ACKNOWLEDGED, 912_344L),
                Map.entry(Figure.ACKNOWLEDGED_WRITES, 301_127L),
                Map.entry(Figure.UNKNOWN, 214L),
                Map.entry(Figure.NOT_DONE, 8_120L),
                Map.entry(Figure.LOST, 0L),
                Map.entry(Figure.DOUBLED, 0L),
                Map.entry(Figure.DISHONEST, 0L),
                Map.entry(Figure.REPETITIONS, 31_007L),
                Map.entry(Figure.KEYS_CHECKED, 640L),
                Map.entry(Figure.OPERATIONS_CHECKED, 610_201L),
                Map.entry(Figure.KEYS_UNDECIDED, 2L),
                Map.entry(Figure.KEYS_NOT_LINEARIZABLE, 0L),
                Map.entry(Figure.INDEX_ORDER_CHECKED, 301_127L),
                Map.entry(Figure.INDEX_ORDER_VIOLATIONS, 0L),
                Map.entry(Figure.SESSION_ANSWERS, 820_113L),
                Map.entry(Figure.SESSION_REGRESSIONS, 0L),
                Map.entry(Figure.HASHES_COMPARED, 453L),
                Map.entry(Figure.HASH_MISMATCHES, 0L),
                Map.entry(Figure.LEADER_CHANGES, 61L));
    }

    private ScenarioResult failed() {
        List<FaultSpan> faults = List.of(
                new FaultSpan("kill", "n2 (leader)", 4_100, 6_900, "exit code 137"),
                new FaultSpan("kill", "n1 (leader)", 14_300, 17_000, "exit code 137"),
                new FaultSpan("isolate", "n3", 22_000, 31_000, "61,440 bytes held"));
        return new ScenarioResult(
                "KillNineIT.leaderDiesUnderLoad",
                "The leader dies under load and nothing is lost",
                42,
                Verdict.FAILED,
                """
                org.opentest4j.AssertionFailedError: [what n2 shows against what was acknowledged]
                Expecting empty but was: ["orders/o-4: acknowledged with incarnation 77, absent"]
                    at io.rollcall.chaos.Checks.nothingLostNorDoubled(Checks.java:33)
                    at io.rollcall.chaos.KillNineIT.leaderDiesUnderLoad(KillNineIT.java:71)""",
                STARTED + 1_810_000,
                48_000,
                Map.of(
                        Figure.ACKNOWLEDGED, 18_204L,
                        Figure.ACKNOWLEDGED_WRITES, 18_204L,
                        Figure.LOST, 1L,
                        Figure.UNKNOWN, 12L,
                        Figure.LEADER_CHANGES, 2L),
                Map.of("time without a write after a leader's death", List.of(1_810L, 2_240L)),
                faults,
                seconds(48, faults, 400));
    }

    private ScenarioResult pausedLeader() {
        return new ScenarioResult(
                "PausedLeaderIT.aThawedLeaderServesNothingStale",
                "A thawed leader serves nothing stale",
                11,
                Verdict.PASSED,
                "",
                STARTED + 1_860_000,
                41_200,
                Map.of(Figure.READS_AT_INDEX_CHECKED, 4_018L, Figure.READS_AT_INDEX_WRONG, 3L),
                Map.of(),
                List.of(new FaultSpan("pause", "n1 (leader)", 5_000, 17_000, "243 answers after it was thawed")),
                List.of());
    }

    private ScenarioResult damages() {
        return new ScenarioResult(
                "DamageIT.aDamagedFileIsNoticed",
                "A damaged file is noticed",
                0,
                Verdict.PASSED,
                "",
                STARTED + 1_910_000,
                93_000,
                Map.of(
                        Figure.DAMAGES, 12L,
                        Figure.DAMAGES_HANDLED, 12L,
                        Figure.MUTATIONS, 8L,
                        Figure.MUTATIONS_CAUGHT, 7L),
                Map.of(),
                List.of(),
                List.of());
    }

    private List<Second> seconds(int number, List<FaultSpan> faults, int rate) {
        List<Second> seconds = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            long now = i * 1_000L;
            boolean faulty =
                    faults.stream().anyMatch(fault -> fault.fromMillis() <= now + 1_000 && fault.toMillis() >= now);
            boolean headless = faults.stream()
                    .anyMatch(fault -> fault.target().endsWith("(leader)")
                            && fault.fromMillis() <= now
                            && fault.fromMillis() + 1_600 >= now);
            int done = headless ? 0 : (int) (rate * (faulty ? 0.55 : 1) * (0.85 + random.nextDouble() * 0.3));
            double median = (faulty ? 7 : 3.2) * (0.9 + random.nextDouble() * 0.3);
            seconds.add(new Second(
                    i,
                    done,
                    headless ? random.nextInt(60) : 0,
                    headless ? random.nextInt(9) : 0,
                    done == 0 ? 0 : median,
                    done == 0 ? 0 : median * (faulty ? 30 + random.nextInt(90) : 4 + random.nextInt(3))));
        }
        return seconds;
    }

    private static String proof(String kind) {
        return switch (kind) {
            case "kill" -> "exit code 137";
            case "pause" -> "state T in /proc";
            case "power loss" -> "the file system was shut down";
            case "slow disk" -> "fsync took 300 ms";
            default -> "4,096 bytes held";
        };
    }
}

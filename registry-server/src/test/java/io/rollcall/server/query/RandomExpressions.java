package io.rollcall.server.query;

import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Draws expressions together with what they mean, told by plain Java and not by the parser, and instances for them. */
final class RandomExpressions {

    private static final List<String> KEYS = List.of("env", "team", "a b", "in", "x.y-z", "", "ü\"", "not");
    private static final List<String> VALUES =
            List.of("", "prod", "dev", "a\"b", "\\", "中\ud83d\ude00", "pro", "'`", "1");
    private static final List<String> VERSIONS =
            List.of("", "1", "1.2", "1.2.3", "1.10.0", "2.0.0-rc.1", "2", "nightly", "2.1.0");
    private static final List<String> RISING_VERSIONS =
            List.of("1", "1.2", "1.2.3", "1.10.0", "2.0.0-rc.1", "2", "2.1.0");
    private static final List<String> ORDERS = List.of("<", "<=", ">", ">=");

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    /**
     * An expression and its meaning.
     *
     * @param text in any spelling
     * @param meaning decided without the parser
     * @param isAtom whether it needs no parentheses anywhere
     */
    record Sample(String text, Predicate<Instance> meaning, boolean isAtom) {}

    Sample expression(int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(4)) {
            case 1 -> joined(depth, " and ");
            case 2 -> joined(depth, " or ");
            case 3 -> {
                Sample part = expression(depth - 1);
                yield new Sample("not " + operand(part), part.meaning().negate(), true);
            }
            default -> term();
        };
    }

    private Sample joined(int depth, String word) {
        List<Sample> parts = new ArrayList<>();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            parts.add(expression(depth - 1));
        }
        String text =
                String.join(word + spaces(), parts.stream().map(this::operand).toList());
        Predicate<Instance> meaning = word.contains("and")
                ? instance -> parts.stream().allMatch(part -> part.meaning().test(instance))
                : instance -> parts.stream().anyMatch(part -> part.meaning().test(instance));
        return new Sample(text, meaning, false);
    }

    private String operand(Sample part) {
        boolean needsNone = part.isAtom() && random.nextBoolean();
        return needsNone ? part.text() : "(" + spaces() + part.text() + spaces() + ")";
    }

    private Sample term() {
        return switch (random.nextInt(9)) {
            case 0 -> text("name", i -> i.key().service().name().value());
            case 1 -> text("zone", i -> i.registration().zone());
            case 2 -> number("port", i -> (long) i.registration().port());
            case 3 -> number("modifyIndex", Instance::modifyIndex);
            case 4 -> versionOrder();
            case 5 -> keys();
            case 6 -> others();
            default -> tag();
        };
    }

    private Sample tag() {
        String key = one(KEYS);
        boolean isPlain = key.matches("[A-Za-z0-9_.-]+") && random.nextBoolean();
        return text(
                isPlain ? "tags." + key : "tags[" + spaces() + quoted(key) + "]",
                instance -> instance.registration().tags().get(key));
    }

    private Sample text(String field, Function<Instance, String> value) {
        String one = one(VALUES);
        String two = one(VALUES);
        String list = " (" + quoted(one) + "," + spaces() + quoted(two) + spaces() + ")";
        return switch (random.nextInt(8)) {
            case 0 -> atom(field + spaces() + "==" + quoted(one), i -> one.equals(value.apply(i)));
            case 1 -> atom(field + spaces() + "!=" + quoted(one), i -> !one.equals(value.apply(i)));
            case 2 -> atom(field + " in" + list, i -> one.equals(value.apply(i)) || two.equals(value.apply(i)));
            case 3 -> atom(field + " not in" + list, i -> !one.equals(value.apply(i)) && !two.equals(value.apply(i)));
            case 4 ->
                atom(
                        field + " contains " + quoted(one),
                        i -> value.apply(i) != null && value.apply(i).contains(one));
            case 5 ->
                atom(
                        quoted(one) + "not in " + field,
                        i -> value.apply(i) == null || !value.apply(i).contains(one));
            case 6 ->
                atom(
                        field + " is empty",
                        i -> value.apply(i) == null || value.apply(i).isEmpty());
            default ->
                atom(
                        field + " matches '^p|v$'",
                        i -> value.apply(i) != null
                                && (value.apply(i).startsWith("p")
                                        || value.apply(i).endsWith("v")));
        };
    }

    private Sample number(String field, Function<Instance, Long> value) {
        long bound = random.nextLong(-1, 11);
        String order = one(ORDERS);
        return switch (random.nextInt(4)) {
            case 0 -> atom(field + "==" + bound, i -> value.apply(i) == bound);
            case 1 -> atom(field + "!=" + quoted(Long.toString(bound)), i -> value.apply(i) != bound);
            case 2 ->
                atom(
                        field + " in (1,2, " + bound + ")",
                        i -> List.of(1L, 2L, bound).contains(value.apply(i)));
            default ->
                atom(
                        field + spaces() + order + spaces() + bound,
                        i -> inOrder(order, Long.compare(value.apply(i), bound)));
        };
    }

    private Sample versionOrder() {
        String bound = one(RISING_VERSIONS);
        String order = one(ORDERS);
        return atom("version" + spaces() + order + quoted(bound), i -> {
            int rank = RISING_VERSIONS.indexOf(i.registration().version());
            return rank >= 0 && inOrder(order, Integer.compare(rank, RISING_VERSIONS.indexOf(bound)));
        });
    }

    private Sample keys() {
        String key = one(KEYS);
        Predicate<Instance> hasKey = i -> i.registration().tags().containsKey(key);
        return switch (random.nextInt(4)) {
            case 0 -> atom(quoted(key) + spaces() + "in tags", hasKey);
            case 1 -> atom("tags not contains" + quoted(key), hasKey.negate());
            case 2 -> atom("tags is empty", i -> i.registration().tags().isEmpty());
            default -> atom("tags is not empty", i -> !i.registration().tags().isEmpty());
        };
    }

    private Sample others() {
        String order = one(ORDERS);
        InstanceStatus status = one(List.of(InstanceStatus.values()));
        Protocol protocol = one(List.of(Protocol.values()));
        return switch (random.nextInt(6)) {
            case 0 -> atom("suspect == true", Instance::suspect);
            case 1 -> atom("status == " + quoted(status.wireName()), i -> i.status() == status);
            case 2 ->
                atom(
                        "protocol!=" + quoted(protocol.wireName()),
                        i -> i.registration().protocol() != protocol);
            case 3 ->
                atom(
                        "ttl" + order + "5s",
                        i -> inOrder(order, i.registration().ttl().compareTo(Duration.ofSeconds(5))));
            case 4 -> atom("healthySince is empty", i -> i.healthySince() == null);
            default ->
                atom(
                        "statusSince" + order + "'2026-11-22T13:00:05+01:00'",
                        i -> inOrder(order, i.statusSince().compareTo(Samples.NOON.plusSeconds(5))));
        };
    }

    private static boolean inOrder(String order, int comparison) {
        return switch (order) {
            case "<" -> comparison < 0;
            case "<=" -> comparison <= 0;
            case ">" -> comparison > 0;
            default -> comparison >= 0;
        };
    }

    private static Sample atom(String text, Predicate<Instance> meaning) {
        return new Sample(text, meaning, true);
    }

    Instance instance() {
        Map<String, String> tags = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            tags.put(one(KEYS), one(VALUES));
        }
        InstanceStatus status = one(List.of(InstanceStatus.values()));
        return new Instance(
                Samples.builder()
                        .version(one(VERSIONS))
                        .address("h", random.nextInt(12))
                        .protocol(one(List.of(Protocol.values())))
                        .tags(tags)
                        .zone(one(VALUES))
                        .ttl(Duration.ofSeconds(random.nextInt(10)))
                        .build(),
                1,
                status,
                "",
                Samples.NOON.plusSeconds(random.nextInt(10)),
                status.takesTraffic() ? Samples.NOON : null,
                random.nextBoolean(),
                Samples.NOON,
                1,
                random.nextInt(12));
    }

    /** In any of the quotes that can hold it, with or without escapes, with spaces around. */
    private String quoted(String value) {
        String inQuotes = switch (random.nextInt(4)) {
            case 0 -> value.contains("'") ? escaped(value) : "'" + value + "'";
            case 1 -> value.contains("`") ? escaped(value) : "`" + value + "`";
            default -> escaped(value);
        };
        return " " + inQuotes + spaces();
    }

    private String escaped(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (random.nextInt(4) == 0) {
                out.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
            } else if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private String spaces() {
        return List.of("", "", " ", "\t\n ").get(random.nextInt(4));
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}

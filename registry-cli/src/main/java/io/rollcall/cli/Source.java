package io.rollcall.cli;

import io.rollcall.client.answer.AnswerHeaders;
import java.time.Duration;

/** Where an answer is from and how old it is, in a few words. */
final class Source {

    // A node that is in contact with its leader is younger than a second.
    private static final Duration OLD = Duration.ofSeconds(10);
    private static final Duration MANY_SECONDS = Duration.ofMinutes(2);
    private static final Duration MANY_MINUTES = Duration.ofHours(2);

    private Source() {}

    /** Such as {@code index 7, linearizable read on n2, 3 ms old}; what the answer does not say is left out. */
    static ColouredText of(AnswerHeaders headers) {
        StringBuilder text = new StringBuilder("index ").append(headers.index());
        if (headers.consistency() != null) {
            text.append(", ").append(headers.consistency()).append(" read");
        }
        if (!headers.node().isEmpty()) {
            text.append(" on ").append(headers.node());
        }
        Duration age = headers.dataAge();
        ColouredText source = ColouredText.of(text);
        return age == null ? source : source.plus(", ").plus(age(age));
    }

    /** How long ago the answering node knew itself current; what is old stands out. */
    private static ColouredText age(Duration age) {
        if (age.compareTo(OLD) < 0) {
            return ColouredText.of(age.toMillis() + " ms old");
        }
        String text;
        if (age.compareTo(MANY_SECONDS) < 0) {
            text = age.toSeconds() + " s";
        } else if (age.compareTo(MANY_MINUTES) < 0) {
            text = age.toMinutes() + " min";
        } else {
            text = age.toHours() + " h";
        }
        return ColouredText.of(text + " old", Ink.YELLOW);
    }
}

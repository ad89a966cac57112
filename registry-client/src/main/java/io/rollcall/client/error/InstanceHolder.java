package io.rollcall.client.error;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The instance that holds an id.
 *
 * @param name its service
 * @param id its id
 * @param host where it listens
 * @param port where it listens
 * @param incarnation of its registration
 * @param registrationTime since when; null if the registry did not say
 */
public record InstanceHolder(
        String name,
        String id,
        String host,
        int port,
        long incarnation,
        @Nullable Instant registrationTime) {

    static Optional<InstanceHolder> of(@Nullable Object member) {
        if (!(member instanceof Map<?, ?> holder)) {
            return Optional.empty();
        }
        return Optional.of(new InstanceHolder(
                text(holder, "name"),
                text(holder, "id"),
                text(holder, "host"),
                (int) number(holder, "port"),
                number(holder, "incarnation"),
                time(text(holder, "registrationTime"))));
    }

    private static String text(Map<?, ?> holder, String field) {
        return holder.get(field) instanceof String text ? text : "";
    }

    private static long number(Map<?, ?> holder, String field) {
        return holder.get(field) instanceof Number number ? number.longValue() : 0;
    }

    private static @Nullable Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            // A newer registry's form, or none: the rest of the answer is worth having.
            return null;
        }
    }
}

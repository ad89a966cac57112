package io.rollcall.client.provide;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.api.http.Json;
import io.rollcall.api.model.Namespace;
import io.rollcall.api.model.Registration;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.client.WriteOptions;
import io.rollcall.client.provide.KeptInstance.Wish;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The registrations of one request, which stays the same until it is known what became of it: a repetition under the same
 * request id is done at most once.
 *
 * @param items of one namespace, at least one; each is being written
 * @param options with the request id
 * @param isFull whether it holds as much as it may, so that there is most likely more
 */
record RegistrationBatch(List<Item> items, WriteOptions options, boolean isFull) {

    /** The most that the registry takes in one request. */
    static final int MAX_ITEMS = 1_000;

    private static final int BODY_FRAME_BYTES = 16;

    /** The registration of one instance. */
    record Item(KeptInstance instance, Wish wish) {}

    /**
     * Begins to write as many as one request may hold: those that go together with the first.
     *
     * @param due to be registered
     * @return null if none is to be registered any more
     */
    static @Nullable RegistrationBatch of(List<KeptInstance> due, long now) {
        List<Item> items = new ArrayList<>();
        KeptInstance first = null;
        boolean isFull = false;
        int bytes = BODY_FRAME_BYTES;
        for (KeptInstance instance : due) {
            if (first != null && !goTogether(first, instance)) {
                continue;
            }
            int more = bytes(instance.registration()) + 1;
            // Of one that is too large alone, the registry says so.
            isFull = items.size() >= MAX_ITEMS || (first != null && bytes + more > BeatBatch.MAX_BODY_BYTES);
            if (isFull) {
                break;
            }
            Wish wish = instance.beginWriting(now);
            if (wish == null) {
                continue;
            }
            items.add(new Item(instance, wish));
            bytes += more;
            first = first == null ? instance : first;
            if (first.isAlone()) {
                break;
            }
        }
        return first == null ? null : new RegistrationBatch(List.copyOf(items), options(first), isFull);
    }

    private static boolean goTogether(KeptInstance first, KeptInstance other) {
        Namespace namespace = first.key().service().namespace();
        return !other.isAlone()
                && first.takeover() == other.takeover()
                && namespace.equals(other.key().service().namespace());
    }

    private static WriteOptions options(KeptInstance first) {
        WriteOptions options = first.takeover() ? WriteOptions.none().withTakeover() : WriteOptions.none();
        return options.withRequestId(UUID.randomUUID().toString());
    }

    private static int bytes(Registration registration) {
        Counting count = new Counting();
        try (JsonGenerator json = Json.mapper().createGenerator(count)) {
            json.writeStartObject();
            InstanceJson.writeRegistration(json, registration);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("counting failed", e);
        }
        return count.bytes;
    }

    private static final class Counting extends OutputStream {

        int bytes;

        @Override
        public void write(int value) {
            bytes++;
        }

        @Override
        public void write(byte[] values, int offset, int length) {
            bytes += length;
        }
    }

    List<Registration> registrations() {
        return items.stream().map(item -> item.wish().registration()).toList();
    }
}

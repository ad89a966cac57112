package io.rollcall.server.watch;

import io.rollcall.api.model.InstanceId;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.server.view.ServiceState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event as it goes over the wire, encoded once and shared by all who are sent it. What differs between readers is
 * their id line, and the end of a snapshot, which names the reader's subscription.
 *
 * @param index what the event brings its service to; also the id that the bytes carry
 * @param bytes UTF-8; shared: not to be written to
 * @param dataStart where the line of the data begins, behind the id
 * @param isOpen whether the object is not closed yet, so that a subscription can follow
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are shared on purpose
record Frame(long index, byte[] bytes, int dataStart, boolean isOpen) {

    static final byte[] END = utf8("}\n\n");

    // Name, id and what stands between.
    private static final int HEAD_BYTES = 96;

    static Frame snapshot(ServiceFeed feed, long version, ServiceState state) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int dataStart = begin(out, "snapshot", version);
        // Names have no character that JSON would escape.
        out.writeBytes(utf8(names(feed) + ",\"index\":" + version + ",\"instances\":["));
        boolean first = true;
        for (InstanceEntry entry : state.instances()) {
            if (feed.interest.selects(entry.instance())) {
                separate(out, first);
                out.writeBytes(entry.json());
                first = false;
            }
        }
        out.write(']');
        return new Frame(version, out.toByteArray(), dataStart, true);
    }

    /** What a reader of a version needs to know to be at the present one, whichever state between he may have seen. */
    static Frame change(ServiceFeed feed, long from, ServiceState state) {
        Set<InstanceId> touched = new LinkedHashSet<>();
        String traceParent = null;
        for (Touch<InstanceId> touch : feed.log().after(from)) {
            touched.add(touch.key());
            traceParent = touch.traceParent() == null ? traceParent : touch.traceParent();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream removed = new ByteArrayOutputStream();
        long to = feed.version();
        int dataStart = begin(out, "change", to);
        out.writeBytes(utf8(names(feed) + ",\"from\":" + from + ",\"to\":" + to + ",\"upserted\":["));
        boolean first = true;
        for (InstanceId id : touched) {
            InstanceEntry entry = state.instance(id);
            if (entry != null && feed.interest.selects(entry.instance())) {
                separate(out, first);
                out.writeBytes(entry.json());
                first = false;
            } else {
                separate(removed, removed.size() == 0);
                removed.writeBytes(utf8("\"" + id + "\""));
            }
        }
        out.writeBytes(utf8("],\"removed\":["));
        out.writeBytes(removed.toByteArray());
        out.writeBytes(utf8(traceParent == null ? "]}\n\n" : "],\"traceparent\":\"" + traceParent + "\"}\n\n"));
        return new Frame(to, out.toByteArray(), dataStart, false);
    }

    /**
     * Says how far a stream has come.
     *
     * @param subscription named at the beginning of a stream; null later
     */
    static Frame sync(long index, @Nullable String subscription) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int dataStart = begin(out, "sync", index);
        out.writeBytes(utf8("{\"index\":" + index
                + (subscription == null ? "}" : ",\"subscription\":\"" + subscription + "\"}") + "\n\n"));
        return new Frame(index, out.toByteArray(), dataStart, false);
    }

    /** An event of data that is encoded already. */
    static Frame of(String event, long index, byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + HEAD_BYTES);
        int dataStart = begin(out, event, index);
        out.writeBytes(data);
        out.writeBytes(utf8("\n\n"));
        return new Frame(index, out.toByteArray(), dataStart, false);
    }

    private static String names(ServiceFeed feed) {
        return "{\"service\":\"" + feed.service.name() + "\",\"namespace\":\"" + feed.service.namespace() + "\"";
    }

    private static int begin(ByteArrayOutputStream out, String event, long id) {
        out.writeBytes(head(event, id));
        int dataStart = out.size();
        out.writeBytes(utf8("data: "));
        return dataStart;
    }

    /** The lines before the data; an id of 0 is none. */
    static byte[] head(String event, long id) {
        return utf8("event: " + event + "\n" + (id == 0 ? "" : "id: " + id + "\n"));
    }

    private static void separate(ByteArrayOutputStream out, boolean first) {
        if (!first) {
            out.write(',');
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

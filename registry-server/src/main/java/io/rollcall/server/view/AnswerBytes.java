package io.rollcall.server.view;

import io.rollcall.api.model.ServiceName;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the JSON of an answer together from the JSON of its instances. */
final class AnswerBytes {

    private AnswerBytes() {}

    static byte[] of(ServiceName name, long index, List<byte[]> instances, @Nullable String cursor) {
        // Names have no character that JSON would escape.
        byte[] head =
                ("{\"name\":\"" + name + "\",\"index\":" + index + ",\"instances\":[").getBytes(StandardCharsets.UTF_8);
        byte[] tail = (cursor == null ? "]}" : "],\"cursor\":\"" + encodeCursor(cursor) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        int length = head.length + tail.length + Math.max(0, instances.size() - 1);
        for (byte[] instance : instances) {
            length = Math.addExact(length, instance.length);
        }
        byte[] bytes = new byte[length];
        int at = put(bytes, 0, head);
        for (int i = 0; i < instances.size(); i++) {
            if (i > 0) {
                bytes[at++] = ',';
            }
            at = put(bytes, at, instances.get(i));
        }
        put(bytes, at, tail);
        return bytes;
    }

    static String encodeCursor(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    private static int put(byte[] target, int at, byte[] source) {
        System.arraycopy(source, 0, target, at, source.length);
        return at + source.length;
    }
}

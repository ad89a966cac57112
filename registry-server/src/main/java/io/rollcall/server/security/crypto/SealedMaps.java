package io.rollcall.server.security.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A map as the bytes that are sealed: each key and each value behind its length. */
final class SealedMaps {

    static final SortedMap<String, String> NONE = Collections.emptySortedMap();

    private SealedMaps() {}

    static byte[] bytes(SortedMap<String, String> map) {
        byte[][] texts = new byte[2 * map.size()][];
        int length = 0;
        int at = 0;
        for (Map.Entry<String, String> entry : map.entrySet()) {
            texts[at] = entry.getKey().getBytes(StandardCharsets.UTF_8);
            texts[at + 1] = entry.getValue().getBytes(StandardCharsets.UTF_8);
            length += 2 * Integer.BYTES + texts[at].length + texts[at + 1].length;
            at += 2;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (byte[] text : texts) {
            bytes.putInt(text.length).put(text);
        }
        return bytes.array();
    }

    static SortedMap<String, String> map(byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        SortedMap<String, String> map = new TreeMap<>();
        while (rest.hasRemaining()) {
            String key = text(rest);
            map.put(key, text(rest));
        }
        return map;
    }

    private static String text(ByteBuffer rest) {
        byte[] text = new byte[rest.getInt()];
        rest.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }
}

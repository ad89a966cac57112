package io.rollcall.server.security.crypto;

import java.util.Arrays;
import java.util.Base64;

/** Master keys for tests. */
final class TestKeys {

    private static final int KEY_BYTES = 32;

    private TestKeys() {}

    /** One in the form of the file. */
    static String text(int number) {
        byte[] key = new byte[KEY_BYTES];
        Arrays.fill(key, (byte) number);
        return Base64.getEncoder().encodeToString(key);
    }

    static MasterKeys master(int number) {
        return MasterKeys.parse(text(number), "test");
    }
}

package io.rollcall.server.security.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import io.rollcall.api.model.Secret;
import io.rollcall.server.config.ConfigurationException;
import io.rollcall.server.config.EncryptionSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

final class KeysetTest {

    private static final byte[] CONTEXT = {1, 2, 3};
    private static final MasterKeys MASTER = TestKeys.master(1);

    @TempDir
    Path folder;

    @Test
    void opensWhatItSealedInTheSameContextAlone() throws Exception {
        Keyset keyset = Keyset.create();
        byte[] sealed = keyset.seal(bytes("secret"), CONTEXT);

        assertThat(keyset.open(sealed, CONTEXT)).isEqualTo(bytes("secret"));
        assertThatThrownBy(() -> keyset.open(sealed, new byte[] {1, 2})).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> Keyset.create().open(sealed, CONTEXT)).isInstanceOf(GeneralSecurityException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> keyset.open(sealed, CONTEXT)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        Keyset keyset = Keyset.create();

        assertThat(keyset.seal(bytes("secret"), CONTEXT)).isNotEqualTo(keyset.seal(bytes("secret"), CONTEXT));
    }

    @Test
    void rotatedOneSealsByTheNewKeyAndOpensByBoth() throws Exception {
        Keyset first = Keyset.create();
        byte[] old = first.seal(bytes("old"), CONTEXT);

        Keyset both = first.rotated();
        byte[] young = both.seal(bytes("young"), CONTEXT);

        assertThat(both.ids()).hasSize(2).contains(first.primaryId(), both.primaryId());
        assertThat(both.primaryId()).isNotEqualTo(first.primaryId());
        assertThat(both.open(old, CONTEXT)).isEqualTo(bytes("old"));
        assertThatThrownBy(() -> first.open(young, CONTEXT)).isInstanceOf(GeneralSecurityException.class);
        Keyset last = both.withoutOthers();
        assertThat(last.ids()).containsExactly(both.primaryId());
        assertThat(last.open(young, CONTEXT)).isEqualTo(bytes("young"));
        assertThatThrownBy(() -> last.open(old, CONTEXT)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void wrappedOneIsOpenedByItsMasterKeyAlone() throws Exception {
        Keyset keyset = Keyset.create();
        byte[] sealed = keyset.seal(bytes("secret"), CONTEXT);

        String wrapped = keyset.wrap(aead(MASTER));

        assertThat(Keyset.unwrap(wrapped, aead(MASTER)).open(sealed, CONTEXT)).isEqualTo(bytes("secret"));
        assertThatThrownBy(() -> Keyset.unwrap(wrapped, aead(TestKeys.master(2))))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void fingerprintsFollowFromDigestAndKeyAndSurviveRotation() {
        Keyset first = Keyset.create();
        Keyset both = first.rotated();

        assertThat(first.fingerprints("d")).hasSize(1).isEqualTo(first.fingerprints("d"));
        assertThat(first.fingerprints("d")).isNotEqualTo(first.fingerprints("e"));
        assertThat(first.fingerprints("d")).isNotEqualTo(Keyset.create().fingerprints("d"));
        assertThat(both.fingerprints("d"))
                .hasSize(2)
                .element(1)
                .isEqualTo(first.fingerprints("d").get(0));
    }

    @Test
    void anyMapIsReadBack(TestReporter reporter) {
        long seed = Long.getLong("rollcall.test.seed", System.nanoTime());
        reporter.publishEntry("rollcall.test.seed", Long.toString(seed));
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            SortedMap<String, String> map = new TreeMap<>();
            for (int j = random.nextInt(6); j > 0; j--) {
                map.put(text(random), text(random));
            }
            assertThat(SealedMaps.map(SealedMaps.bytes(map)))
                    .as("seed %d", seed)
                    .isEqualTo(map);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            int[] ranges = {random.nextInt(0x20, 0x7f), random.nextInt(0x80, 0x800), random.nextInt(0x1f300, 0x1f600)};
            text.appendCodePoint(ranges[random.nextInt(3)]);
        }
        return text.toString();
    }

    @Test
    void masterKeysAreReadLineByLineAndTheFirstSeals() {
        MasterKeys keys =
                MasterKeys.parse("# of March\n" + TestKeys.text(2) + "\n\n" + TestKeys.text(1) + "\n", "file");

        assertThat(keys.first()).isEqualTo(TestKeys.master(2).first());
        assertThat(keys.has(MASTER.first())).isTrue();
        assertThat(keys.first()).hasSize(8);
    }

    @Test
    void whatIsNoMasterKeyIsRefusedWithoutBeingTold() {
        String shortKey = Base64.getEncoder().encodeToString(new byte[16]);

        for (String text : new String[] {"", "# nothing", "not base64!", shortKey}) {
            assertThatThrownBy(() -> MasterKeys.parse(text, "the file"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("the file")
                    .hasMessageContaining("rollcall keys create")
                    .hasMessageNotContaining(text.isEmpty() ? "\u0000" : text);
        }
    }

    @Test
    void keysetFileNeedsItsMasterKey() throws Exception {
        Path file = folder.resolve("keyset.json");
        Files.writeString(file, Keyset.create().wrap(aead(MASTER)));

        assertThat(KeysetFile.read(file, MASTER).ids()).hasSize(1);
        assertThatThrownBy(() -> KeysetFile.read(file, TestKeys.master(2)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is not opened by the master key");
        assertThatThrownBy(() -> KeysetFile.read(file, MasterKeys.NONE))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--encryption-master-key-file");
        assertThatThrownBy(() -> KeysetFile.read(folder.resolve("none"), MASTER))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void masterKeysStandInOnePlace() {
        var both = new EncryptionSettings(
                Optional.empty(), Optional.of(folder.resolve("key")), Secret.of(TestKeys.text(1)));

        assertThatThrownBy(() -> MasterKeys.of(both)).isInstanceOf(ConfigurationException.class);
        assertThat(MasterKeys.of(EncryptionSettings.NONE).isEmpty()).isTrue();
    }

    private static Aead aead(MasterKeys keys) {
        return keys.find(keys.first());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

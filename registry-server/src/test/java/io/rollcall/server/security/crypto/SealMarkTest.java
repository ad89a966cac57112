package io.rollcall.server.security.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.statemachine.apply.FaultHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SealMarkTest {

    private static final FaultHandler FAULTS = (message, cause) -> new IllegalStateException(message, cause);

    @TempDir
    Path folder;

    private SealMark mark;

    @BeforeEach
    void create() {
        mark = new SealMark(folder);
    }

    @Test
    void newFolderNeedsNoKey() {
        assertThat(new SealMark(folder.resolve("not-there")).read()).isNull();
        assertThatCode(() -> new Keyring(MasterKeys.NONE, mark, FAULTS)).doesNotThrowAnyException();
    }

    @Test
    void lastOneCounts() {
        mark.put("0a0a0a0a");
        mark.put("0b0b0b0b");

        assertThat(new SealMark(folder).read()).isEqualTo("0b0b0b0b");
        assertThat(folder).isDirectoryNotContaining("glob:**.fresh");
    }

    @Test
    void whatAPowerLossEmptiedSaysNothing() throws Exception {
        Files.createFile(folder.resolve("sealed-by"));

        assertThat(mark.read()).isNull();
    }

    @Test
    void nodeWithoutItsMasterKeyEndsBeforeAnythingElse() {
        MasterKeys own = masterKeys((byte) 1);
        mark.put(own.first());

        assertThatCode(() -> new Keyring(own, mark, FAULTS)).doesNotThrowAnyException();
        assertThatThrownBy(() -> new Keyring(MasterKeys.NONE, mark, FAULTS))
                .hasMessageContaining("(master key " + own.first() + "), and this node has no master key");
        assertThatThrownBy(() -> new Keyring(masterKeys((byte) 2), mark, FAULTS))
                .hasMessageContaining("(master key " + own.first() + "), and this node has another master key");
    }

    private static MasterKeys masterKeys(byte filled) {
        byte[] key = new byte[32];
        Arrays.fill(key, filled);
        return MasterKeys.parse(Base64.getEncoder().encodeToString(key), "the test");
    }
}

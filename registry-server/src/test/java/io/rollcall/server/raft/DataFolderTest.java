package io.rollcall.server.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.server.config.HostPort;
import io.rollcall.server.config.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {

    private static final Peer ONE = new Peer("n1", new HostPort("10.0.0.1", 8300));
    private static final Peer TWO = new Peer("n2", new HostPort("10.0.0.2", 8300));
    private static final Peer THREE = new Peer("n3", new HostPort("10.0.0.3", 8300));

    @TempDir
    Path folder;

    @Test
    void theGroupFollowsFromTheFoundersInAnyOrder() throws Exception {
        DataFolder data = DataFolder.open(folder, "n1");

        assertThat(data.group(List.of(ONE, TWO, THREE))).isEqualTo(data.group(List.of(THREE, ONE, TWO)));
        assertThat(data.group(List.of(ONE, TWO))).isNotEqualTo(data.group(List.of(ONE, TWO, THREE)));
    }

    @Test
    void theStoredGroupHoldsWhateverTheFoundersAreSaidToBe() throws Exception {
        DataFolder data = DataFolder.open(folder, "n1");
        UUID stored = data.group(List.of(ONE, TWO));
        Files.createDirectories(data.raft().resolve(stored.toString()));

        assertThat(data.group(List.of(ONE, TWO, THREE))).isEqualTo(stored);
    }

    @Test
    void twoStoredGroupsAreRefused() throws Exception {
        DataFolder data = DataFolder.open(folder, "n1");
        Files.createDirectories(data.raft().resolve(UUID.randomUUID().toString()));
        Files.createDirectories(data.raft().resolve(UUID.randomUUID().toString()));

        assertThatThrownBy(() -> data.group(List.of(ONE)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than one Raft group");
    }

    @Test
    void aNameThatAPowerLossLeftEmptyIsWrittenAgain() throws Exception {
        Files.createFile(folder.resolve("member"));

        DataFolder.open(folder, "n1");

        assertThat(folder.resolve("member")).hasContent("n1");
        assertThat(folder.resolve("member.fresh")).doesNotExist();
    }

    @Test
    void aFolderIsItsFirstMembersForEver() throws Exception {
        DataFolder.open(folder, "n1");
        DataFolder.open(folder, "n1");

        assertThatThrownBy(() -> DataFolder.open(folder, "n2"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to member 'n1'");
    }
}

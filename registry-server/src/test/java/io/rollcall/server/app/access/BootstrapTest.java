package io.rollcall.server.app.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import io.rollcall.server.app.ClusterState;
import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.SubmitOutcome;
import io.rollcall.server.view.AclView;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.RegistryChange.TokenChanged;
import io.rollcall.statemachine.command.AclCommand;
import io.rollcall.statemachine.command.Command;
import io.rollcall.statemachine.command.CommandResult;
import io.rollcall.statemachine.command.Precondition;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Nodes of one cluster, whose log is this test. */
final class BootstrapTest {

    private final AclView view = new AclView();
    private final List<AclCommand.PutToken> submitted = new ArrayList<>();
    private String leader = "n1";
    private int level = 4;
    private boolean isReachable = true;
    private boolean isBroken;
    private long index;

    /** One node. */
    private final class Node {
        private final Bootstrap bootstrap;
        private Credential kept;

        Node(String id, Credential given) {
            this.bootstrap =
                    new Bootstrap(given, new Memory(this), view, new State(id), () -> level, bus(), new SecureRandom());
        }
    }

    private record Memory(Node node) implements Bootstrap.Vault {
        @Override
        public Credential read() {
            return node.kept;
        }

        @Override
        public void write(Credential credential) {
            node.kept = credential;
        }

        @Override
        public void delete() {
            node.kept = null;
        }
    }

    private final class State implements ClusterState {
        private final String id;

        private State(String id) {
            this.id = id;
        }

        @Override
        public String nodeId() {
            return id;
        }

        @Override
        public Snapshot snapshot() {
            return new Snapshot(leader, 1, List.of());
        }
    }

    private CommandBus bus() {
        return new CommandBus() {
            @Override
            public CompletableFuture<SubmitOutcome> submit(Command command, Duration deadline) {
                if (isBroken) {
                    throw new IllegalStateException("the log is closed");
                }
                submitted.add((AclCommand.PutToken) command);
                if (isReachable) {
                    applied((AclCommand.PutToken) command);
                }
                return CompletableFuture.completedFuture(
                        isReachable
                                ? new SubmitOutcome.Committed(new CommandResult.Acknowledged(index))
                                : new SubmitOutcome.Unknown("nobody answered"));
            }

            @Override
            public CommandResult preview(Command command) {
                throw new AssertionError("nothing is tried");
            }
        };
    }

    /** As the rules do: who comes second is refused. */
    private void applied(AclCommand.PutToken command) {
        assertThat(command.precondition()).isEqualTo(Precondition.ABSENT);
        if (!view.current().tokens().containsKey(command.id())) {
            put(command.id(), command.policies(), command.secretHash());
        }
    }

    private void put(String id, List<String> policies, String hash) {
        index++;
        AccessToken token = new AccessToken(id, id, "", policies, Instant.EPOCH, null, index, index);
        view.changed(new ChangeBatch(index, index, 0, List.of(new TokenChanged(index, id, token, hash))));
    }

    private String hash() {
        return view.current().tokens().get("bootstrap").secretHash();
    }

    @Test
    void leaderDrawsOneThatMayDoEverythingAndKeepsIt() {
        Node leading = new Node("n1", null);
        Node following = new Node("n2", null);
        assertThat(leading.bootstrap.isDone()).isFalse();

        following.bootstrap.tick();
        assertThat(submitted).isEmpty();
        leading.bootstrap.tick();
        leading.bootstrap.tick();
        following.bootstrap.tick();

        assertThat(submitted).hasSize(1);
        assertThat(leading.kept.secretHash()).isEqualTo(hash());
        assertThat(following.kept).isNull();
        assertThat(view.current().tokens().get("bootstrap").token().policies())
                .containsExactly(AccessPolicy.GLOBAL_MANAGEMENT_NAME);
        assertThat(leading.bootstrap.isDone()).isTrue();
    }

    @Test
    void whatCouldNotBeCommittedIsTriedAgainWithTheSameSecret() {
        Node node = new Node("n1", null);
        isReachable = false;
        node.bootstrap.tick();
        isReachable = true;

        node.bootstrap.tick();

        assertThat(submitted).hasSize(2);
        assertThat(submitted.get(1).secretHash()).isEqualTo(submitted.get(0).secretHash());
        assertThat(node.kept.secretHash()).isEqualTo(hash());
    }

    @Test
    void whatWasNeverSubmittedIsNotWaitedFor() {
        Node node = new Node("n1", null);
        isBroken = true;
        assertThatThrownBy(node.bootstrap::tick).hasMessage("the log is closed");
        isBroken = false;

        node.bootstrap.tick();

        assertThat(submitted).hasSize(1);
        assertThat(node.kept.secretHash()).isEqualTo(hash());
    }

    @Test
    void whoeverWasBeatenForgetsItsOwn() {
        Node beaten = new Node("n1", null);
        isReachable = false;
        beaten.bootstrap.tick();
        assertThat(beaten.kept).isNotNull();
        leader = "n2";
        isReachable = true;
        Node winner = new Node("n2", null);
        winner.bootstrap.tick();

        beaten.bootstrap.tick();
        winner.bootstrap.tick();

        assertThat(beaten.kept).isNull();
        assertThat(winner.kept.secretHash()).isEqualTo(hash());
    }

    @Test
    void givenOneIsTakenAndWrittenNowhere() {
        Credential given = Credential.draw("bootstrap", new SecureRandom());
        Node node = new Node("n1", given);

        node.bootstrap.tick();

        assertThat(hash()).isEqualTo(given.secretHash());
        assertThat(node.kept).isNull();
    }

    @Test
    void olderClusterGetsItsWhenItCan() {
        level = 3;
        Node node = new Node("n1", null);
        node.bootstrap.tick();
        assertThat(submitted).isEmpty();
        assertThat(node.bootstrap.isDone()).isTrue();

        level = 4;
        node.bootstrap.tick();

        assertThat(node.kept.secretHash()).isEqualTo(hash());
    }

    @Test
    void oneThatWasTakenBackIsNotMadeAgainAndItsFileGoes() {
        Node node = new Node("n1", null);
        node.bootstrap.tick();
        node.bootstrap.tick();

        put("bootstrap", List.of(), "");
        node.bootstrap.tick();

        assertThat(submitted).hasSize(1);
        assertThat(node.kept).isNull();
    }
}

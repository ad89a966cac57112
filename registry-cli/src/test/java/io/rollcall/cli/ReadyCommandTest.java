package io.rollcall.cli;

import static io.rollcall.client.fake.FakeNode.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.client.fake.FakeNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReadyCommandTest {

    private final FakeNode node = new FakeNode();
    private final TestShell shell = TestShell.asking(node.url());

    @AfterEach
    void stop() {
        node.close();
    }

    private int ready(String... args) {
        var words = new String[args.length + 1];
        words[0] = "ready";
        System.arraycopy(args, 0, words, 1, args.length);
        return shell.run(words);
    }

    @Test
    void aNodeThatIsReadyIsTold() {
        node.then(answer(200, "{\"status\":\"ready\"}"));

        assertThat(ready()).isZero();
        assertThat(shell.out()).isEqualToIgnoringNewLines(node.url() + " is ready");
        assertThat(node.requests().get(0).target()).isEqualTo("/readyz");
    }

    @Test
    void oneThatIsNotSaysWhy() {
        node.then(answer(503, "{\"code\":\"not-ready\",\"detail\":\"node 'n1' is stopping\"}"));

        assertThat(ready("--for", "reads")).isEqualTo(ExitStatus.FAILURE);
        assertThat(shell.err()).contains(node.url() + " is not ready: node 'n1' is stopping");
    }

    @Test
    void eachIsAskedAndNoneStandsInForAnother() {
        node.then(answer(200, "{\"status\":\"ready\"}"));

        assertThat(ready("--server", node.url(), "--server", "http://127.0.0.1:1", "--timeout", "2s"))
                .isEqualTo(ExitStatus.FAILURE);
        assertThat(shell.out()).contains("is ready");
        assertThat(shell.err()).contains("http://127.0.0.1:1 is not ready: it does not answer");
    }
}

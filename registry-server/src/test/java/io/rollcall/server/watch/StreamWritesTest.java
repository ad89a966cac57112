package io.rollcall.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.server.watch.Stream.Write;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StreamWritesTest {

    private final List<Runnable> elsewhere = new ArrayList<>();
    private final List<Stream> ready = new ArrayList<>();
    private final List<Stream> gone = new ArrayList<>();
    private final StreamWrites writes = new StreamWrites(elsewhere::add, Runnable::run, () -> 7, ready::add, gone::add);

    /** Counts its writes; they are done when the test says so. */
    private static final class Sink implements EventSink {
        private int written;
        private @Nullable Consumer<@Nullable Throwable> done;

        @Override
        public void begin(String subscription, long applied) {}

        @Override
        public void write(List<ByteBuffer> parts, Consumer<@Nullable Throwable> whenDone) {
            written++;
            done = whenDone;
        }

        @Override
        public void end() {}

        @Override
        public void cut() {}
    }

    private static List<Stream> streams(int count) {
        return IntStream.range(0, count)
                .<Stream>mapToObj(i -> new ServiceStream(
                        "s" + i, new Subscriber("test", "127.0.0.1:1", 0), new Sink(), List.of(), null, 1, s -> true))
                .toList();
    }

    private static Sink sink(Stream stream) {
        return (Sink) stream.sink;
    }

    private void write(List<Stream> streams, int bytes) {
        streams.forEach(stream -> writes.add(stream, new Write(bytes, () -> List.of(ByteBuffer.allocate(bytes)))));
        writes.send();
    }

    @Test
    void fewAreWrittenToAtOnce() {
        var streams = streams(StreamWrites.HERE_STREAMS_MAX);

        write(streams, 100);

        assertThat(streams).allSatisfy(stream -> {
            assertThat(sink(stream).written).isEqualTo(1);
            assertThat(stream.writing).isTrue();
            assertThat(stream.writingSinceNanos).isEqualTo(7);
        });
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void manyAreWrittenToElsewhereInPortions() {
        var streams = streams(2 * StreamWrites.JOB_STREAMS + 1);

        write(streams, 100);

        assertThat(streams)
                .allSatisfy(stream -> assertThat(sink(stream).written).isZero());
        assertThat(elsewhere).hasSize(3);
        elsewhere.forEach(Runnable::run);
        assertThat(streams)
                .allSatisfy(stream -> assertThat(sink(stream).written).isEqualTo(1));
    }

    @Test
    void muchIsWrittenElsewhere() {
        var streams = streams(1);

        write(streams, StreamWrites.HERE_BYTES_MAX + 1);

        assertThat(sink(streams.get(0)).written).isZero();
        assertThat(elsewhere).hasSize(1);
    }

    @Test
    void streamThatHasMoreToSayIsReadyOnceItIsWrittenTo() {
        var stream = streams(1).get(0);
        write(List.of(stream), 100);
        stream.dirty = true;

        sink(stream).done.accept(null);

        assertThat(stream.writing).isFalse();
        assertThat(ready).containsExactly(stream);
        assertThat(gone).isEmpty();
    }

    @Test
    void streamThatTakesNothingIsGone() {
        var stream = streams(1).get(0);
        write(List.of(stream), 100);
        stream.dirty = true;

        sink(stream).done.accept(new IOException("closed by its reader"));

        assertThat(gone).containsExactly(stream);
        assertThat(ready).isEmpty();
    }
}

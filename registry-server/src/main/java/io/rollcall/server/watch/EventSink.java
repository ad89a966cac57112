package io.rollcall.server.watch;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where the events of one stream go. No method blocks or throws. */
public interface EventSink {

    /**
     * Begins the stream. Called once, before all else.
     *
     * @param subscription the name of the stream
     * @param applied registry index that the node has told of
     */
    void begin(String subscription, long applied);

    /**
     * Writes whole events. Nothing else is written until it is done.
     *
     * @param parts to be written in this order; shared: not to be changed
     * @param done takes null once the bytes are the system's, or why they never will be; on any thread
     */
    void write(List<ByteBuffer> parts, Consumer<@Nullable Throwable> done);

    /** Ends the stream in good order, after what is being written. */
    void end();

    /** Cuts the stream off. */
    void cut();
}

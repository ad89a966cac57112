package io.rollcall.server.app;

import io.rollcall.server.watch.EventSink;

/** Where the events of one watcher go; a facade makes one for each. */
public interface EventStream extends EventSink {}

package io.rollcall.server.watch;

import io.rollcall.server.view.ConfigScope;

/**
 * What a watcher of configuration asks for.
 *
 * @param scope which keys
 * @param resumeAt registry index up to which it knows all; 0 if it begins
 * @param subscriber who it is
 */
public record ConfigOrder(ConfigScope scope, long resumeAt, Subscriber subscriber) {}

package io.rollcall.cli;

import io.rollcall.client.watch.WatchListener;

/** How a watch is shown. It is told on the thread of the watch, and refreshed by the thread of the command. */
abstract class WatchView extends StreamView implements WatchListener {

    /** Shows what is new, if that was not done at once. */
    void refresh() {}
}

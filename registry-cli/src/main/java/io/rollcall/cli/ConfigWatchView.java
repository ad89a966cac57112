package io.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.rollcall.api.model.ConfigEntry;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.client.answer.Refusal;
import io.rollcall.client.watch.ConfigWatchEvent;
import io.rollcall.client.watch.ConfigWatchListener;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Shows each change of configuration as a line: for people, or as JSON as it was sent. */
final class ConfigWatchView extends StreamView implements ConfigWatchListener {

    private final Terminal terminal;
    private final String prefix;
    private final boolean isJson;
    private final boolean once;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Refusal refusal;
    private int keys;

    ConfigWatchView(Terminal terminal, String prefix, boolean isJson, boolean once) {
        this.terminal = terminal;
        this.prefix = prefix;
        this.isJson = isJson;
        this.once = once;
    }

    /** Counts down when enough was shown, or nothing more will come. */
    CountDownLatch ended() {
        return ended;
    }

    /** Why nothing more will come; null if it may. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    @Override
    public void onEvent(ConfigWatchEvent event) {
        if (ended.getCount() == 0) {
            return;
        }
        event.match(new ConfigWatchEvent.Cases<Void>() {
            @Override
            public Void snapshot(ConfigWatchEvent.Snapshot snapshot) {
                show(snapshot);
                return null;
            }

            @Override
            public Void change(ConfigWatchEvent.Change change) {
                show(change);
                return null;
            }

            @Override
            public Void sync(ConfigWatchEvent.Sync sync) {
                if (isJson) {
                    line("sync", sync.json());
                }
                return null;
            }
        });
    }

    private void line(String event, JsonNode data) {
        terminal.out().println(WatchJson.line(event, data));
    }

    private void show(ConfigWatchEvent.Snapshot snapshot) {
        if (isJson) {
            line("snapshot", snapshot.json());
            return;
        }
        keys = (snapshot.isFirst() ? 0 : keys) + snapshot.keys().size();
        if (snapshot.isLast()) {
            terminal.out()
                    .printf(
                            "watching %s%s (index %d)%n",
                            ConfigText.quantity(keys, "key"),
                            prefix.isEmpty() ? "" : " that begin with " + prefix,
                            snapshot.index());
        }
    }

    private void show(ConfigWatchEvent.Change change) {
        if (isJson) {
            line("change", change.json());
        } else {
            change.upserted().forEach(this::show);
            change.deletions().forEach(this::show);
            if (change.deletions().isEmpty()) {
                change.removed().forEach(this::showRemoved);
            }
        }
        if (once) {
            ended.countDown();
        }
    }

    private void show(ConfigEntry entry) {
        String what = entry.deleted() ? "deleted" : entry.size() + " bytes" + (entry.secret() ? ", secret" : "");
        terminal.out()
                .printf(
                        "%s  %s  version %d, %s (index %d)%s%n",
                        InstanceJson.time(entry.modifiedAt()),
                        entry.key().path(),
                        entry.version(),
                        what,
                        entry.modifyIndex(),
                        entry.actor() == null ? "" : " by " + entry.actor());
    }

    private void showRemoved(ConfigKey key) {
        terminal.out().printf("%s  deleted%n", key.path());
    }

    @Override
    void connected(@Nullable URI server, @Nullable String detail) {
        if (server == null) {
            terminal.err().println("rollcall: no stream, trying on: " + detail);
        } else if (!isJson) {
            terminal.err().println("rollcall: watching on " + server);
        }
    }

    @Override
    public void onRefused(Refusal refused) {
        refusal = refused;
        ended.countDown();
    }
}

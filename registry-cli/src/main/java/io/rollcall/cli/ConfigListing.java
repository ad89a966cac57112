package io.rollcall.cli;

import io.rollcall.client.ConfigClient;
import io.rollcall.client.Outcome;
import io.rollcall.client.ReadOptions;
import io.rollcall.client.answer.ConfigPage;
import io.rollcall.client.answer.ConfigPage.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All pages of a list of keys, each at least as new as the one before, whichever nodes answer.
 *
 * @param keys by path
 */
record ConfigListing(SortedMap<String, Listed> keys) {

    /** Reads one page. */
    interface Reader {
        Outcome<ConfigPage> read(ReadOptions options);
    }

    /** How reading ended: one of them is null. */
    record Ended(@Nullable ConfigListing listing, @Nullable Outcome<ConfigPage> failure) {}

    static Ended values(ConfigClient config, String prefix, boolean reveal) {
        return read(
                ReadOptions.linearizable(), options -> config.listValues(prefix, reveal, options), new ArrayList<>());
    }

    private static Ended read(ReadOptions from, Reader reader, List<Outcome.Done<ConfigPage>> pages) {
        ReadOptions options = from;
        while (true) {
            long applied = pages.stream()
                    .mapToLong(page -> page.headers().applied())
                    .max()
                    .orElse(options.minIndex());
            Outcome<ConfigPage> page = reader.read(options.withMinIndex(Math.max(applied, options.minIndex())));
            if (!(page instanceof Outcome.Done<ConfigPage> done)) {
                return new Ended(null, page);
            }
            pages.add(done);
            if (done.value().cursor() == null) {
                return new Ended(of(pages), null);
            }
            options = options.withPage(options.limit(), done.value().cursor());
        }
    }

    private static ConfigListing of(List<Outcome.Done<ConfigPage>> pages) {
        SortedMap<String, Listed> keys = new TreeMap<>();
        for (Outcome.Done<ConfigPage> page : pages) {
            page.value().keys().forEach(listed -> keys.put(listed.entry().key().path(), listed));
        }
        return new ConfigListing(keys);
    }
}

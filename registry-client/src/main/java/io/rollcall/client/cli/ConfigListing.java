package io.rollcall.client.cli;

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
 * @param index the lowest version of the pages: whoever waits past it misses nothing
 * @param applied how far the nodes that answered had come
 * @param keys by path
 */
record ConfigListing(long index, long applied, SortedMap<String, Listed> keys) {

    private static final int PAGE = 10_000;

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

    /** The first page may be one that was waited for. */
    static Ended from(long applied, Reader first, Reader next) {
        ReadOptions options = ReadOptions.stale().withMinIndex(applied).withPage(PAGE, null);
        List<Outcome.Done<ConfigPage>> pages = new ArrayList<>();
        Outcome<ConfigPage> page = first.read(options);
        if (!(page instanceof Outcome.Done<ConfigPage> done)) {
            return new Ended(null, page);
        }
        pages.add(done);
        return done.value().cursor() == null
                ? new Ended(of(pages), null)
                : read(options.withPage(PAGE, done.value().cursor()), next, pages);
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
        long index = Long.MAX_VALUE;
        long applied = 0;
        for (Outcome.Done<ConfigPage> page : pages) {
            index = Math.min(index, page.value().index());
            applied = Math.max(applied, page.headers().applied());
            page.value().keys().forEach(listed -> keys.put(listed.entry().key().path(), listed));
        }
        return new ConfigListing(index, applied, keys);
    }
}

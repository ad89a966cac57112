package io.rollcall.server.view;

import io.rollcall.api.model.InstanceId;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.query.Selection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/** One service at one version, with the answers that were asked of it. Immutable but for that cache. */
public final class ServiceState {

    // Hostile callers can make up filters without end; past this their answers are built for each of them.
    private static final int MAX_CACHED_SHAPES = 64;

    private final ServiceKey key;
    private final StatusIndexes indexes;
    private final StatusCounts counts;
    private final TreePMap<String, InstanceEntry> entries;
    // The default query, and its own field: it is nearly every request.
    private volatile @Nullable EncodedAnswer defaultAnswer;
    private volatile @Nullable ConcurrentMap<String, EncodedAnswer> answers;

    ServiceState(ServiceKey key, StatusIndexes indexes, StatusCounts counts, TreePMap<String, InstanceEntry> entries) {
        this.key = key;
        this.indexes = indexes;
        this.counts = counts;
        this.entries = entries;
    }

    /**
     * A service that nobody registered at.
     *
     * @param key which
     * @return empty, at index 1 for all queries
     */
    public static ServiceState empty(ServiceKey key) {
        return new ServiceState(key, StatusIndexes.NONE, StatusCounts.NONE, TreePMap.empty());
    }

    /** The same version, the leases of some entries being noted: its answers show nothing of that, so they are kept. */
    ServiceState marked(TreePMap<String, InstanceEntry> sameInstances) {
        ServiceState marked = new ServiceState(key, indexes, counts, sameInstances);
        marked.defaultAnswer = defaultAnswer;
        marked.answers = answers;
        return marked;
    }

    /**
     * Returns namespace and name.
     *
     * @return the key
     */
    public ServiceKey key() {
        return key;
    }

    /**
     * Returns the versions of its queries.
     *
     * @return by status
     */
    public StatusIndexes indexes() {
        return indexes;
    }

    /**
     * Returns how many instances there are.
     *
     * @return by status and protocol
     */
    public StatusCounts counts() {
        return counts;
    }

    /**
     * Returns how many instances there are of any status.
     *
     * @return 0 or more
     */
    public int size() {
        return entries.size();
    }

    /**
     * Finds an instance.
     *
     * @param id which
     * @return null if it is not registered
     */
    public @Nullable InstanceEntry instance(InstanceId id) {
        return entries.get(id.value());
    }

    /**
     * Returns all instances in the order of their ids.
     *
     * @return immutable
     */
    public Collection<InstanceEntry> instances() {
        return entries.values();
    }

    /**
     * Returns the instances behind an id, in the order of their ids.
     *
     * @param after empty for all
     * @return immutable
     */
    public Collection<InstanceEntry> instancesAfter(String after) {
        return after.isEmpty()
                ? entries.values()
                : entries.tailMap(after, false).values();
    }

    TreePMap<String, InstanceEntry> entries() {
        return entries;
    }

    /**
     * Answers a query, from the cache if it was asked before.
     *
     * @param query what to return
     * @return encoded and shared
     */
    public EncodedAnswer answer(AnswerQuery query) {
        if (query.shape().isEmpty()) {
            EncodedAnswer present = defaultAnswer;
            if (present == null) {
                present = encode(query);
                defaultAnswer = present;
            }
            return present;
        }
        ConcurrentMap<String, EncodedAnswer> cache = cache();
        EncodedAnswer present = cache.get(query.shape());
        if (present == null) {
            present = encode(query);
            if (cache.size() < MAX_CACHED_SHAPES) {
                cache.put(query.shape(), present);
            }
        }
        return present;
    }

    private ConcurrentMap<String, EncodedAnswer> cache() {
        ConcurrentMap<String, EncodedAnswer> present = answers;
        if (present == null) {
            synchronized (this) {
                present = answers;
                if (present == null) {
                    present = new ConcurrentHashMap<>();
                    answers = present;
                }
            }
        }
        return present;
    }

    private EncodedAnswer encode(AnswerQuery query) {
        List<byte[]> found = new ArrayList<>();
        String cursor = null;
        String last = "";
        Selection selection = query.selection();
        for (InstanceEntry entry : instancesAfter(query.after())) {
            if (selection.matches(entry.instance())) {
                if (found.size() == query.limit()) {
                    cursor = last;
                    break;
                }
                found.add(entry.json());
                last = entry.instance().key().id().value();
            }
        }
        long index = indexes.index(query.statuses());
        return new EncodedAnswer(AnswerBytes.of(key.name(), index, found, cursor), index, cursor);
    }
}

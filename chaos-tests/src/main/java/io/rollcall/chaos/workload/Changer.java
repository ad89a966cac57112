package io.rollcall.chaos.workload;

import io.rollcall.chaos.client.ApiRequest;
import io.rollcall.chaos.history.InstanceRef;
import io.rollcall.chaos.history.PlannedWrite;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One caller of a {@link ChangeLoad}: what he has registered, and what he does next. Used by one thread at a time. */
final class Changer {

    private static final int BATCH_SIZE = 4;
    private static final int FILL_BATCH = 200;
    private static final double CREATE_SHARE = 0.20;
    private static final double BATCH_SHARE = 0.03;
    private static final double REPLACE_SHARE = 0.40;
    private static final double PAUSE_SHARE = 0.10;

    private final String name;
    private final ChangeLoad.Plan plan;
    private final SplittableRandom random;
    private final List<Own> live = new ArrayList<>();
    private final List<Own> paused = new ArrayList<>();
    private final int usual;
    private int lastWrite;
    private int lastInstance;

    /** An instance of his, and the mark of its registration. */
    private record Own(InstanceRef ref, String mark) {}

    /**
     * A write and what comes of it.
     *
     * @param write what is sent
     * @param marks what discovery returns of each target afterwards; empty: nothing
     * @param then notes that it is done
     */
    record PlannedChange(PlannedWrite write, List<Optional<String>> marks, Runnable then) {}

    Changer(String name, ChangeLoad.Plan plan, SplittableRandom random) {
        this.name = name;
        this.plan = plan;
        this.random = random;
        // Services stay small, so that bursts hit few instances, and some become empty.
        this.usual = Math.max(4, 3 * plan.services() / plan.callers());
    }

    SplittableRandom random() {
        return random;
    }

    void done(PlannedChange change) {
        change.then().run();
    }

    /** The first instances of every {@code step}th service, beginning with {@code first}. */
    List<PlannedChange> fill(int first, int step, int perService) {
        List<InstanceRef> all = new ArrayList<>();
        for (int service = first; service < plan.services(); service += step) {
            for (int i = 0; i < perService; i++) {
                all.add(fresh(service));
            }
        }
        List<PlannedChange> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += FILL_BATCH) {
            batches.add(registration(all.subList(from, Math.min(all.size(), from + FILL_BATCH))));
        }
        return batches;
    }

    /** What he does next; each kind is as likely as it is in no registry, so that all meet. */
    PlannedChange next() {
        double draw = random.nextDouble();
        if (live.isEmpty() || (live.size() < usual && draw < CREATE_SHARE)) {
            return registration(List.of(fresh(random.nextInt(plan.services()))));
        }
        if (live.size() < usual && draw < CREATE_SHARE + BATCH_SHARE) {
            List<InstanceRef> several = new ArrayList<>();
            int service = random.nextInt(plan.services());
            for (int i = 0; i < BATCH_SIZE; i++) {
                several.add(fresh(i % 2 == 0 ? service : random.nextInt(plan.services())));
            }
            return registration(several);
        }
        if (draw < CREATE_SHARE + BATCH_SHARE + REPLACE_SHARE) {
            return registration(List.of(take(live).ref()));
        }
        if (draw < CREATE_SHARE + BATCH_SHARE + REPLACE_SHARE + PAUSE_SHARE) {
            return paused.isEmpty() || random.nextBoolean() ? pause(take(live)) : goOn(take(paused));
        }
        boolean unseen = !paused.isEmpty() && random.nextInt(4) == 0;
        return removal(take(unseen ? paused : live));
    }

    private PlannedChange registration(List<InstanceRef> targets) {
        String id = requestId();
        PlannedWrite write =
                targets.size() == 1 ? Requests.register(id, targets.get(0), false) : Requests.batch(id, targets, true);
        List<InstanceRef> copies = List.copyOf(targets);
        return new PlannedChange(
                write,
                Collections.nCopies(copies.size(), Optional.of(id)),
                () -> copies.forEach(ref -> live.add(new Own(ref, id))));
    }

    private PlannedChange removal(Own own) {
        PlannedWrite write = Requests.deregister(requestId(), own.ref());
        return new PlannedChange(write, List.of(Optional.empty()), () -> {});
    }

    /** Registered, and not returned by discovery. */
    private PlannedChange pause(Own own) {
        String id = requestId();
        ApiRequest request = ApiRequest.put(Requests.statusPath(own.ref()), "{\"status\":\"maintenance\"}");
        PlannedWrite write = new PlannedWrite(id, List.of(own.ref()), true, request.withRequestId(id));
        return new PlannedChange(write, List.of(Optional.empty()), () -> paused.add(own));
    }

    private PlannedChange goOn(Own own) {
        String id = requestId();
        ApiRequest request = ApiRequest.delete(Requests.statusPath(own.ref()));
        PlannedWrite write = new PlannedWrite(id, List.of(own.ref()), true, request.withRequestId(id));
        return new PlannedChange(write, List.of(Optional.of(own.mark())), () -> live.add(own));
    }

    private Own take(List<Own> from) {
        int at = random.nextInt(from.size());
        Own last = from.remove(from.size() - 1);
        return at == from.size() ? last : from.set(at, last);
    }

    private InstanceRef fresh(int service) {
        return new InstanceRef(plan.service(service), name + "-i" + ++lastInstance);
    }

    private String requestId() {
        return name + "-" + ++lastWrite;
    }
}

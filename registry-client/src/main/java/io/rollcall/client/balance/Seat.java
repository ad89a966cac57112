package io.rollcall.client.balance;

import io.rollcall.api.model.Instance;

/** An instance of the list, and what this process has seen of it. */
record Seat(Instance instance, Track track) {

    boolean isEligible() {
        return instance.status().takesTraffic() && weight() > 0;
    }

    boolean isTrusted() {
        return !instance.suspect();
    }

    int weight() {
        return instance.registration().weight();
    }
}

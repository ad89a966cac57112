package io.rollcall.server.app;

import io.rollcall.api.model.InstanceKey;
import io.rollcall.server.app.access.Caller;
import io.rollcall.server.view.CatalogView;
import io.rollcall.server.view.InstanceEntry;
import io.rollcall.server.view.ServiceState;
import io.rollcall.statemachine.command.Authority;
import org.jspecify.annotations.Nullable;

/** Whose instances are, for those who beat for them: as far as this node has come. Thread-safe. */
final class BeatOwners {

    /** What this node's state says of a beat. */
    enum Standing {
        /** The caller may beat for what is there. */
        OWN,
        /** It is not there. */
        ABSENT,
        /** The caller may beat for what is there, but means an incarnation that is not there yet. */
        AHEAD,
        /** Another identity owns what is there. */
        ANOTHERS
    }

    private final CatalogView view;

    BeatOwners(CatalogView view) {
        this.view = view;
    }

    /** Whether owners matter to a caller at all. */
    static boolean areAskedOf(Caller caller) {
        return caller.authority() == Authority.OWNER;
    }

    Standing standing(Beat beat, Caller caller) {
        InstanceKey key = beat.key();
        ServiceState service = view.current().service(key.service());
        InstanceEntry entry = service == null ? null : service.instance(key.id());
        if (entry == null) {
            return Standing.ABSENT;
        }
        @Nullable Long incarnation = beat.incarnation();
        if (!caller.authority().mayChange(caller.identity(), entry.instance().owner())) {
            return Standing.ANOTHERS;
        }
        return incarnation != null && incarnation > entry.instance().incarnation() ? Standing.AHEAD : Standing.OWN;
    }
}

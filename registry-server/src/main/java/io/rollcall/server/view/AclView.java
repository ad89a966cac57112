package io.rollcall.server.view;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import io.rollcall.statemachine.change.ChangeBatch;
import io.rollcall.statemachine.change.ChangeSink;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.PolicyChanged;
import io.rollcall.statemachine.change.RegistryChange.TokenChanged;
import io.rollcall.statemachine.change.StateReset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The newest tokens and policies in memory: replaced by the thread that applies the log, read by all. */
public final class AclView implements ChangeSink {

    private volatile AclSnapshot current = AclSnapshot.EMPTY;

    /** A view of nothing. */
    public AclView() {}

    /**
     * Returns the newest snapshot.
     *
     * @return immutable
     */
    public AclSnapshot current() {
        return current;
    }

    @Override
    public void changed(ChangeBatch batch) {
        List<RegistryChange> changes = batch.changes().stream()
                .filter(change -> change instanceof PolicyChanged || change instanceof TokenChanged)
                .toList();
        if (changes.isEmpty()) {
            return;
        }
        Map<String, AccessPolicy> policies = new HashMap<>(current.policies());
        Map<String, AclSnapshot.Entry> tokens = new HashMap<>(current.tokens());
        long index = current.index();
        for (RegistryChange change : changes) {
            if (change instanceof PolicyChanged changed) {
                AccessPolicy after = changed.after();
                policies.compute(changed.name(), (name, before) -> after);
            } else if (change instanceof TokenChanged changed) {
                AccessToken after = changed.after();
                tokens.compute(
                        changed.id(),
                        (id, before) -> after == null ? null : new AclSnapshot.Entry(after, changed.secretHash()));
            }
            index = Math.max(index, change.index());
        }
        current = new AclSnapshot(index, policies, tokens);
    }

    @Override
    public void reset(StateReset state) {
        Map<String, AccessPolicy> policies = new HashMap<>();
        Map<String, AclSnapshot.Entry> tokens = new HashMap<>();
        state.forEachPolicy(policy -> policies.put(policy.name(), policy));
        state.forEachToken((token, secretHash) -> tokens.put(token.id(), new AclSnapshot.Entry(token, secretHash)));
        current = new AclSnapshot(state.position().registryIndex(), policies, tokens);
    }
}

package io.rollcall.server;

import io.rollcall.server.app.CommandBus;
import io.rollcall.server.app.ConfigStore;
import io.rollcall.server.app.KeyVault;
import io.rollcall.server.app.LeaderDuty;
import io.rollcall.server.raft.RatisNode;
import io.rollcall.server.security.crypto.Encryption;
import io.rollcall.server.view.CatalogView;
import io.rollcall.statemachine.history.PastReader;

/**
 * A member's log and store for those who know of no seals.
 *
 * @param commands takes commands with open secrets
 * @param past shows them open
 * @param config shows values open
 * @param keys how the keys stand
 * @param duty keeps them while the member leads
 */
record SealedParts(CommandBus commands, PastReader past, ConfigStore config, KeyVault keys, LeaderDuty duty) {

    static SealedParts of(Encryption encryption, RatisNode raft, CatalogView view) {
        return new SealedParts(
                encryption.sealing(raft.commands()),
                encryption.opening(raft.past()),
                encryption.opening(raft.config()),
                encryption.vault(raft.cluster(), raft.members()),
                encryption.duty(raft.ownLog(), raft.past(), view, raft.cluster(), raft.members()));
    }
}

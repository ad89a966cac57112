package io.rollcall.statemachine.apply;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.api.model.AccessToken;
import io.rollcall.statemachine.change.RegistryChange;
import io.rollcall.statemachine.change.RegistryChange.PolicyChanged;
import io.rollcall.statemachine.change.RegistryChange.TokenChanged;
import io.rollcall.statemachine.command.AclCommand;
import io.rollcall.statemachine.command.CommandResult.Acknowledged;
import io.rollcall.statemachine.command.CommandResult.AclRefused;
import io.rollcall.statemachine.command.CommandResult.AclRefused.AclReason;
import io.rollcall.statemachine.command.CommandResult.HistoryTrimmed;
import io.rollcall.statemachine.command.CommandResult.PolicyStored;
import io.rollcall.statemachine.command.CommandResult.TokenStored;
import io.rollcall.statemachine.state.Mutation;
import io.rollcall.statemachine.state.Mutation.PutPolicy;
import io.rollcall.statemachine.state.Mutation.PutToken;
import io.rollcall.statemachine.state.Mutation.RemovePolicy;
import io.rollcall.statemachine.state.Mutation.RemoveToken;
import io.rollcall.statemachine.state.StateReader;
import io.rollcall.statemachine.state.TokenRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The part of the rules that speaks of tokens and policies. Who may ask for it is decided before the log. */
final class AclRules {

    private final StateReader state;
    private final long index;
    private final long nowMillis;
    private final long term;

    AclRules(ApplyContext context) {
        this.state = context.state();
        this.index = context.index();
        this.nowMillis = context.nowMillis();
        this.term = context.term();
    }

    Effect putPolicy(AclCommand.PutPolicy command) {
        if (command.name().equals(AccessPolicy.GLOBAL_MANAGEMENT_NAME)) {
            return refused(AclReason.BUILT_IN, 0);
        }
        AccessPolicy present = state.policy(command.name());
        long presentIndex = present == null ? 0 : present.modifyIndex();
        if (!command.precondition().holds(presentIndex)) {
            return refused(AclReason.PRECONDITION_FAILED, presentIndex);
        }
        AccessPolicy stored = new AccessPolicy(
                command.name(),
                command.description(),
                command.rules(),
                present == null ? index : present.createIndex(),
                index);
        return new Effect(
                List.of(new PutPolicy(stored)),
                List.of(new PolicyChanged(index, stored.name(), stored)),
                new PolicyStored(index, stored, present == null));
    }

    Effect deletePolicy(AclCommand.DeletePolicy command) {
        if (command.name().equals(AccessPolicy.GLOBAL_MANAGEMENT_NAME)) {
            return refused(AclReason.BUILT_IN, 0);
        }
        AccessPolicy present = state.policy(command.name());
        if (present == null) {
            return refused(AclReason.NOT_FOUND, 0);
        }
        if (!command.precondition().holds(present.modifyIndex())) {
            return refused(AclReason.PRECONDITION_FAILED, present.modifyIndex());
        }
        return new Effect(
                List.of(new RemovePolicy(command.name())),
                List.of(new PolicyChanged(index, command.name(), null)),
                new Acknowledged(index));
    }

    Effect putToken(AclCommand.PutToken command) {
        TokenRecord present = state.token(command.id());
        long presentIndex = present == null ? 0 : present.token().modifyIndex();
        if (!command.precondition().holds(presentIndex)) {
            return refused(AclReason.PRECONDITION_FAILED, presentIndex);
        }
        AccessToken stored = new AccessToken(
                command.id(),
                command.identity(),
                command.description(),
                command.policies(),
                present == null
                        ? Instant.ofEpochMilli(nowMillis)
                        : present.token().createdAt(),
                command.expiresAtMillis() == 0 ? null : Instant.ofEpochMilli(command.expiresAtMillis()),
                present == null ? index : present.token().createIndex(),
                index);
        return new Effect(
                List.of(new PutToken(new TokenRecord(stored, command.secretHash()))),
                List.of(new TokenChanged(index, stored.id(), stored, command.secretHash())),
                new TokenStored(index, stored, present == null));
    }

    Effect deleteToken(AclCommand.DeleteToken command) {
        TokenRecord present = state.token(command.id());
        if (present == null) {
            return refused(AclReason.NOT_FOUND, 0);
        }
        long presentIndex = present.token().modifyIndex();
        if (!command.precondition().holds(presentIndex)) {
            return refused(AclReason.PRECONDITION_FAILED, presentIndex);
        }
        return new Effect(
                List.of(new RemoveToken(command.id())),
                List.of(new TokenChanged(index, command.id(), null, "")),
                new Acknowledged(index));
    }

    Effect forgetTokens(AclCommand.ForgetTokens command) {
        List<Mutation> mutations = new ArrayList<>();
        List<RegistryChange> changes = new ArrayList<>();
        if (command.term() == term) {
            for (String id : command.ids().stream().distinct().toList()) {
                TokenRecord present = state.token(id);
                Instant expiresAt = present == null ? null : present.token().expiresAt();
                if (expiresAt != null && expiresAt.toEpochMilli() < command.beforeMillis()) {
                    mutations.add(new RemoveToken(id));
                    changes.add(new TokenChanged(index, id, null, ""));
                }
            }
        }
        return new Effect(mutations, changes, new HistoryTrimmed(index, mutations.size()));
    }

    private Effect refused(AclReason reason, long presentIndex) {
        return Effect.only(new AclRefused(index, reason, presentIndex));
    }
}

package io.rollcall.statemachine.command;

import io.rollcall.api.model.AccessRule;
import java.util.List;

/** A change of tokens or policies. */
public sealed interface AclCommand extends Command {

    /**
     * Makes a policy, or replaces it.
     *
     * @param header request id and context
     * @param name which
     * @param description free text
     * @param rules what it allows
     * @param precondition what must hold of the policy that is there
     */
    record PutPolicy(
            CommandHeader header, String name, String description, List<AccessRule> rules, Precondition precondition)
            implements AclCommand {
        /** Copies the list. */
        public PutPolicy {
            rules = List.copyOf(rules);
        }

        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.putPolicy(this);
        }
    }

    /**
     * Deletes a policy. Tokens that name it go on without it.
     *
     * @param header request id and context
     * @param name which
     * @param precondition what must hold of the policy that is there
     */
    record DeletePolicy(CommandHeader header, String name, Precondition precondition) implements AclCommand {
        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.deletePolicy(this);
        }
    }

    /**
     * Makes a token, or replaces it.
     *
     * @param header request id and context
     * @param id its public half
     * @param identity who acts with it
     * @param description free text
     * @param policies names of what it may do
     * @param expiresAtMillis from when on it is nothing any more, milliseconds since 1970; 0: never
     * @param secretHash SHA-256 of its secret, hexadecimal, never the secret itself; empty for one without
     * @param precondition what must hold of the token that is there
     */
    record PutToken(
            CommandHeader header,
            String id,
            String identity,
            String description,
            List<String> policies,
            long expiresAtMillis,
            String secretHash,
            Precondition precondition)
            implements AclCommand {
        /** Copies the list. */
        public PutToken {
            policies = List.copyOf(policies);
        }

        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.putToken(this);
        }

        /** Without the hash: whoever has it can try secrets against it. */
        @Override
        public String toString() {
            return "PutToken[header=" + header + ", id=" + id + ", identity=" + identity + ", policies=" + policies
                    + ", expiresAtMillis=" + expiresAtMillis + ", secretHash=***, precondition=" + precondition + "]";
        }
    }

    /**
     * Deletes a token.
     *
     * @param header request id and context
     * @param id which
     * @param precondition what must hold of the token that is there
     */
    record DeleteToken(CommandHeader header, String id, Precondition precondition) implements AclCommand {
        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.deleteToken(this);
        }
    }

    /**
     * Forgets tokens that expired; one that did not, or not long enough ago, is left alone. Fenced and not remembered like
     * {@link Command.Judge}.
     *
     * @param header request id and context
     * @param term the Raft term in which the leader looked
     * @param ids at least one
     * @param beforeMillis those go that expired before, milliseconds since 1970
     */
    record ForgetTokens(CommandHeader header, long term, List<String> ids, long beforeMillis) implements AclCommand {
        /** Copies the list. */
        public ForgetTokens {
            ids = List.copyOf(ids);
        }

        @Override
        public <R> R match(CommandCases<R> cases) {
            return cases.forgetTokens(this);
        }

        @Override
        public boolean isRemembered() {
            return false;
        }
    }
}

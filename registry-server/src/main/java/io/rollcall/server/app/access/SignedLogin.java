package io.rollcall.server.app.access;

import io.rollcall.api.model.Secret;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Knows callers by what somebody else, whom the operators trust, has signed of them. Thread-safe; no method blocks. */
public interface SignedLogin {

    /** Trusts nobody. */
    SignedLogin NONE = new SignedLogin() {
        @Override
        public Checked check(Secret token, Instant now) {
            return Checked.refused("this node takes no JWT; tokens are sent as Authorization: Bearer ID.SECRET");
        }

        @Override
        public boolean trusts(Signed signed) {
            return false;
        }
    };

    /**
     * Who somebody is, as far as a good signature says.
     *
     * @param identity never that of a token that this cluster made
     * @param policies what he may do, as far as there are such policies
     * @param mayManage whether they may give him {@code acl:write}
     * @param key that it was signed with
     * @param end from when on it is nothing any more
     */
    record Signed(String identity, List<String> policies, boolean mayManage, String key, Instant end) {

        /** Copies the list. */
        public Signed {
            policies = List.copyOf(policies);
        }
    }

    /**
     * What came of looking at a token.
     *
     * @param signed who it is; null if it is refused
     * @param reason why it is refused, without anything of the token; empty if it is not
     */
    record Checked(@Nullable Signed signed, String reason) {

        /**
         * One that is good.
         *
         * @param signed who it is
         * @return that
         */
        public static Checked good(Signed signed) {
            return new Checked(signed, "");
        }

        /**
         * One that is not.
         *
         * @param reason why, for its sender
         * @return that
         */
        public static Checked refused(String reason) {
            return new Checked(null, reason);
        }
    }

    /**
     * Looks at a token.
     *
     * @param token as it was shown
     * @param now the time that it must be good at
     * @return who shows it, or why that is not known
     */
    Checked check(Secret token, Instant now);

    /**
     * Says whether what was signed counts still, its time apart.
     *
     * @param signed that was good before
     * @return false once its key is trusted no more
     */
    boolean trusts(Signed signed);
}

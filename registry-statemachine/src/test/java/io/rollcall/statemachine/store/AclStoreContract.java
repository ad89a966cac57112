package io.rollcall.statemachine.store;

import static io.rollcall.statemachine.store.Records.policy;
import static io.rollcall.statemachine.store.Records.token;
import static io.rollcall.statemachine.store.RegistryStoreContract.commit;
import static io.rollcall.statemachine.store.RegistryStoreContract.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.rollcall.api.model.AccessPolicy;
import io.rollcall.statemachine.state.Mutation.PutPolicy;
import io.rollcall.statemachine.state.Mutation.PutToken;
import io.rollcall.statemachine.state.Mutation.RemovePolicy;
import io.rollcall.statemachine.state.Mutation.RemoveToken;
import io.rollcall.statemachine.state.TokenRecord;
import io.rollcall.statemachine.store.RegistryStore.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store promises of tokens and policies. */
interface AclStoreContract {

    /** The store of the test, empty at first. */
    RegistryStore store() throws Exception;

    /** An empty store besides it. */
    RegistryStore another() throws Exception;

    @Test
    default void tokensAndPoliciesAreReadBackInTheirOrder() throws Exception {
        commit(store(), 1, new PutToken(token("b", 1)), new PutPolicy(policy("y", 1)));
        commit(store(), 2, new PutToken(token("a", 2)), new PutPolicy(policy("x", 2)), new PutToken(token("b", 3)));

        assertThat(store().reader().token("a")).isEqualTo(token("a", 2));
        assertThat(store().reader().token("b")).isEqualTo(token("b", 3));
        assertThat(store().reader().token("x")).isNull();
        assertThat(store().reader().policy("x")).isEqualTo(policy("x", 2));
        assertThat(store().reader().policy("a")).isNull();
        assertThat(tokens(store())).containsExactly(token("a", 2), token("b", 3));
        assertThat(policies(store())).containsExactly(policy("x", 2), policy("y", 1));
    }

    @Test
    default void removedTokensAndPoliciesAreGoneFromTheDigestToo() throws Exception {
        RegistryStore never = another();
        commit(store(), 1, new PutToken(token("a", 1)), new PutPolicy(policy("x", 1)));
        assertThat(store().digest()).isNotEqualTo(never.digest());

        try (Transaction transaction = store().begin()) {
            transaction.put(new RemoveToken("a"));
            transaction.put(new RemovePolicy("x"));
            assertThat(transaction.token("a")).isNull();
            assertThat(transaction.policy("x")).isNull();
            assertThat(store().reader().token("a")).isNotNull();
            assertThat(store().reader().policy("x")).isNotNull();
            transaction.commit(position(2));
        }
        commit(never, 2);

        assertThat(store().reader().token("a")).isNull();
        assertThat(tokens(store())).isEmpty();
        assertThat(policies(store())).isEmpty();
        assertThat(store().digest()).isEqualTo(never.digest());
    }

    @Test
    default void hashOfASecretCountsInTheDigest() throws Exception {
        RegistryStore other = another();
        commit(store(), 1, new PutToken(token("a", 1)));
        commit(other, 1, new PutToken(new TokenRecord(token("a", 1).token(), "another")));

        assertThat(store().digest()).isNotEqualTo(other.digest());
    }

    private static List<TokenRecord> tokens(RegistryStore store) {
        List<TokenRecord> tokens = new ArrayList<>();
        store.forEachToken(tokens::add);
        return tokens;
    }

    private static List<AccessPolicy> policies(RegistryStore store) {
        List<AccessPolicy> policies = new ArrayList<>();
        store.forEachPolicy(policies::add);
        return policies;
    }
}

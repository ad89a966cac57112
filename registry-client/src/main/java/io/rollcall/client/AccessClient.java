package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rollcall.api.http.Json;
import io.rollcall.api.http.Paths;
import io.rollcall.api.model.Durations;
import io.rollcall.api.model.Names;
import java.time.Duration;

/**
 * Tokens and policies, as JSON: what goes in and out is what the interface of the nodes says. All of it needs a token that
 * may. Calls go and end as those of {@link RegistryClient} do. Thread-safe.
 */
public final class AccessClient {

    private final Calls calls;

    AccessClient(Calls calls) {
        this.calls = calls;
    }

    /**
     * Lists tokens.
     *
     * @return {@code {"tokens":[…],"next":…}}, without secrets
     */
    public Outcome<JsonNode> tokens() {
        return calls.run(Call.read(Route.TOKENS, Paths.ACL_TOKENS + "?limit=10000", json -> json));
    }

    /**
     * Reads a token.
     *
     * @param id which
     * @return the token without its secret
     */
    public Outcome<JsonNode> token(String id) {
        return calls.run(Call.read(Route.TOKEN, token(Paths.ACL_TOKEN, id), json -> json));
    }

    /**
     * Makes a token. If its answer is lost, so is its secret: then delete it and make another.
     *
     * @param order {@code {"identity":…,"description":…,"policies":[…],"ttl":…}}
     * @return with {@code token}, which is shown this once
     */
    public Outcome<JsonNode> createToken(JsonNode order) {
        return calls.run(
                Call.write(Route.TOKEN_CREATE, Paths.ACL_TOKENS, order.toString(), WriteOptions.none(), json -> json));
    }

    /**
     * Changes what a token may do, and how long it holds.
     *
     * @param id which; {@code anonymous} is made if it is not there
     * @param order {@code {"description":…,"policies":[…],"ttl":…}}
     * @param options conditions and identity of the write
     * @return the token without its secret
     */
    public Outcome<JsonNode> changeToken(String id, JsonNode order, WriteOptions options) {
        return calls.run(
                Call.write(Route.TOKEN_CHANGE, token(Paths.ACL_TOKEN, id), order.toString(), options, json -> json));
    }

    /**
     * Replaces a token by another of the same identity.
     *
     * @param id which
     * @param ttl how long the new one is to hold; zero: for ever
     * @param overlap how long the present one goes on holding
     * @return with {@code token}, which is shown this once
     */
    public Outcome<JsonNode> rotateToken(String id, Duration ttl, Duration overlap) {
        ObjectNode body = Json.mapper().createObjectNode();
        body.put("ttl", Durations.format(ttl)).put("overlap", Durations.format(overlap));
        return calls.run(Call.write(
                Route.TOKEN_ROTATE,
                token(Paths.ACL_TOKEN_ROTATE, id),
                body.toString(),
                WriteOptions.none(),
                json -> json));
    }

    /**
     * Takes a token back.
     *
     * @param id which
     * @param options conditions and identity of the write
     * @return true
     */
    public Outcome<Boolean> deleteToken(String id, WriteOptions options) {
        return calls.run(Call.write(Route.TOKEN_DELETE, token(Paths.ACL_TOKEN, id), null, options, nothing -> true));
    }

    /**
     * Lists policies.
     *
     * @return {@code {"policies":[…],"next":…}}
     */
    public Outcome<JsonNode> policies() {
        return calls.run(Call.read(Route.POLICIES, Paths.ACL_POLICIES + "?limit=10000", json -> json));
    }

    /**
     * Reads a policy.
     *
     * @param name which
     * @return the policy
     */
    public Outcome<JsonNode> policy(String name) {
        return calls.run(Call.read(Route.POLICY, policyPath(name), json -> json));
    }

    /**
     * Makes or replaces a policy.
     *
     * @param name which
     * @param policy {@code {"description":…,"rules":[…]}}
     * @param options conditions and identity of the write
     * @return the policy
     */
    public Outcome<JsonNode> putPolicy(String name, JsonNode policy, WriteOptions options) {
        return calls.run(Call.write(Route.POLICY_PUT, policyPath(name), policy.toString(), options, json -> json));
    }

    /**
     * Deletes a policy.
     *
     * @param name which
     * @param options conditions and identity of the write
     * @return true
     */
    public Outcome<Boolean> deletePolicy(String name, WriteOptions options) {
        return calls.run(Call.write(Route.POLICY_DELETE, policyPath(name), null, options, nothing -> true));
    }

    private static String token(String path, String id) {
        return path.replace("{id}", segment(id));
    }

    private static String policyPath(String name) {
        return Paths.ACL_POLICY.replace("{name}", segment(name));
    }

    /** Of what no name holds, nothing goes into a path: it would be another path. */
    private static String segment(String name) {
        Names.requireName("name", name);
        return name;
    }
}

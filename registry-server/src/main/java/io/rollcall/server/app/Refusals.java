package io.rollcall.server.app;

import io.rollcall.api.error.ErrorCode;
import io.rollcall.api.error.Problem;
import io.rollcall.api.model.ConfigKey;
import io.rollcall.api.model.Instance;
import io.rollcall.api.model.InstanceKey;
import io.rollcall.api.wire.InstanceJson;
import io.rollcall.statemachine.command.CommandResult.ConfigRefused;
import io.rollcall.statemachine.command.CommandResult.Refused;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one table from what the rules or the cluster refuse to the problems that callers see. */
final class Refusals {

    static final int RETRY_AFTER_SECONDS = 1;

    private Refusals() {}

    /**
     * A refusal by the rules.
     *
     * @param refused why
     * @param key what the command was about; null if about many
     * @param givenIncarnation what the caller fenced with; null for nothing
     */
    static Problem of(Refused refused, @Nullable InstanceKey key, @Nullable Long givenIncarnation) {
        Instance present = refused.present();
        String which = which(key);
        return switch (refused.reason()) {
            case ALREADY_EXISTS ->
                withHolder(
                        ErrorCode.INSTANCE_ALREADY_EXISTS,
                        which + " is already registered" + at(present) + "; replace it by PUT, or take another id",
                        present);
            case ADDRESS_CONFLICT ->
                withHolder(
                        ErrorCode.INSTANCE_ADDRESS_CONFLICT,
                        which + " is live" + at(present)
                                + "; deregister it there, take another id, or pass takeover=true",
                        present);
            case NOT_FOUND -> notFound(key);
            case STALE_INCARNATION -> stale(key, refused.currentIncarnation(), givenIncarnation);
            case PRECONDITION_FAILED -> preconditionFailed(which, present);
            case REQUEST_ID_REUSED ->
                Problem.of(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "the Idempotency-Key belongs to another request of the last 10 minutes; take a new one");
            case FEATURE_LEVEL_UNSUPPORTED ->
                Problem.of(ErrorCode.NOT_READY, "not every member of the cluster supports this yet; upgrade them all");
            case NOT_OWNER -> notOwner(key);
            case SEAL_SUPERSEDED ->
                retryable(
                        ErrorCode.NOT_READY,
                        "the keys that secrets are sealed with changed meanwhile; nothing was done, try again");
        };
    }

    /** What is there is none of the asker's business. */
    static Problem notOwner(@Nullable InstanceKey key) {
        return Problem.of(
                ErrorCode.NOT_OWNER,
                (key == null ? "the instance" : which(key))
                        + " belongs to another identity; only that identity and operators change it");
    }

    private static String which(@Nullable InstanceKey key) {
        return key == null ? "the command" : "instance '" + key.id() + "' of '" + key.service() + "'";
    }

    /** What is there has another incarnation than the one that was meant. */
    static Problem stale(@Nullable InstanceKey key, long current, @Nullable Long given) {
        return Problem.of(
                        ErrorCode.STALE_INCARNATION,
                        which(key) + " has incarnation " + current + ", not " + given
                                + "; what was meant for another one is not done")
                .with("incarnation", current)
                .with("given", given == null ? 0L : given);
    }

    static Problem notFound(@Nullable InstanceKey key) {
        return Problem.of(
                ErrorCode.INSTANCE_NOT_FOUND,
                key == null
                        ? "no such instance is registered"
                        : "instance '" + key.id() + "' of '" + key.service() + "' is not registered");
    }

    private static Problem preconditionFailed(String which, @Nullable Instance present) {
        String found = present == null ? " is not registered" : " was last changed at " + present.modifyIndex();
        return Problem.of(ErrorCode.PRECONDITION_FAILED, which + found + "; read it again, then decide anew")
                .with("modifyIndex", present == null ? 0L : present.modifyIndex());
    }

    private static String at(@Nullable Instance present) {
        if (present == null) {
            return "";
        }
        return " at " + present.registration().host() + ":"
                + present.registration().port();
    }

    private static Problem withHolder(ErrorCode code, String detail, @Nullable Instance present) {
        Problem problem = Problem.of(code, detail);
        if (present == null) {
            return problem;
        }
        Map<String, Object> holder = new LinkedHashMap<>();
        holder.put("name", present.key().service().name().value());
        holder.put("id", present.key().id().value());
        holder.put("host", present.registration().host());
        holder.put("port", present.registration().port());
        holder.put("incarnation", present.incarnation());
        holder.put("registrationTime", InstanceJson.time(present.registrationTime()));
        return problem.with("holder", holder);
    }

    /** A refusal by the rules of configuration. */
    static Problem of(ConfigRefused refused, ConfigKey key) {
        return switch (refused.reason()) {
            case NOT_FOUND -> configNotFound(key);
            case VERSION_NOT_FOUND -> versionNotFound(key);
            case PRECONDITION_FAILED -> {
                long present = refused.modifyIndex();
                String found = present == 0 ? " is not there" : " was last changed at " + present;
                yield Problem.of(
                                ErrorCode.PRECONDITION_FAILED,
                                "key '" + key + "'" + found + "; read it again, then decide anew")
                        .with("modifyIndex", present);
            }
        };
    }

    static Problem tooManyKeys(ConfigKey key, int limit) {
        return Problem.of(
                        ErrorCode.QUOTA_EXCEEDED,
                        "namespace '" + key.namespace() + "' has " + limit
                                + " configuration keys, with those deleted lately; more are not taken"
                                + " (configuration.max-keys)")
                .with("limit", limit);
    }

    static Problem tooManyBytes(long bytes, long limit) {
        return Problem.of(
                        ErrorCode.QUOTA_EXCEEDED,
                        "all versions of all configuration keys take " + bytes + " of " + limit
                                + " bytes (configuration.max-size); delete keys, which are forgotten after"
                                + " history.retention, or have more allowed")
                .with("limit", limit);
    }

    static Problem configNotFound(ConfigKey key) {
        return Problem.of(ErrorCode.CONFIG_NOT_FOUND, "key '" + key + "' is not there");
    }

    static Problem versionNotFound(ConfigKey key) {
        return Problem.of(
                ErrorCode.VERSION_NOT_FOUND,
                "this version of key '" + key
                        + "' was never there, is not kept any more, or is a deletion; history=true lists those that are");
    }

    /** A command that is certainly in no log. */
    static Problem of(SubmitOutcome.NotSubmitted outcome) {
        ErrorCode code = switch (outcome.cause()) {
            case NO_LEADER -> ErrorCode.NO_LEADER;
            case OVERLOADED -> ErrorCode.OVERLOADED;
            case FEATURE_LEVEL, NO_KEYS -> ErrorCode.NOT_READY;
        };
        return retryable(code, outcome.detail());
    }

    /** A command that may be in the log. */
    static Problem of(SubmitOutcome.Unknown outcome) {
        return Problem.of(ErrorCode.OUTCOME_UNKNOWN, outcome.detail())
                .with("action", "repeat the same request; with the same Idempotency-Key it is done at most once");
    }

    static Problem retryable(ErrorCode code, String detail) {
        return Problem.of(code, detail).with("retryAfter", RETRY_AFTER_SECONDS);
    }
}

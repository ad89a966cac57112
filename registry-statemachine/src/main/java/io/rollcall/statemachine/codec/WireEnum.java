package io.rollcall.statemachine.codec;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Operation;
import io.rollcall.api.model.Protocol;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandResult.AclRefused.AclReason;
import io.rollcall.statemachine.command.CommandResult.ConfigRefused.ConfigReason;
import io.rollcall.statemachine.command.CommandResult.Refused.Reason;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.state.KeysetRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The frozen names of an enumeration's constants in log and store. They are written out, so that renaming a constant
 * does not change the format.
 *
 * @param <E> the enumeration
 */
final class WireEnum<E extends Enum<E>> {

    static final WireEnum<Protocol> PROTOCOL = new WireEnum<>(Protocol.class, Protocol::wireName);

    static final WireEnum<CheckType> CHECK_TYPE = new WireEnum<>(CheckType.class, CheckType::wireName);

    static final WireEnum<InstanceStatus> STATUS = new WireEnum<>(InstanceStatus.class, InstanceStatus::wireName);

    static final WireEnum<CheckState> CHECK_STATE = new WireEnum<>(CheckState.class, state -> switch (state) {
        case PASSING -> "passing";
        case WARNING -> "warning";
        case CRITICAL -> "critical";
    });

    static final WireEnum<Operation> OPERATION = new WireEnum<>(Operation.class, Operation::wireName);

    static final WireEnum<RegisterMode> REGISTER_MODE = new WireEnum<>(RegisterMode.class, mode -> switch (mode) {
        case CREATE -> "create";
        case UPSERT -> "upsert";
        case TAKE_OVER -> "take-over";
    });

    static final WireEnum<Precondition.Kind> PRECONDITION =
            new WireEnum<>(Precondition.Kind.class, kind -> switch (kind) {
                case NONE -> "none";
                case EXISTS -> "exists";
                case ABSENT -> "absent";
                case MODIFY_INDEX -> "modify-index";
            });

    static final WireEnum<Reason> REASON = new WireEnum<>(Reason.class, reason -> switch (reason) {
        case ALREADY_EXISTS -> "already-exists";
        case ADDRESS_CONFLICT -> "address-conflict";
        case NOT_FOUND -> "not-found";
        case STALE_INCARNATION -> "stale-incarnation";
        case PRECONDITION_FAILED -> "precondition-failed";
        case REQUEST_ID_REUSED -> "request-id-reused";
        case FEATURE_LEVEL_UNSUPPORTED -> "feature-level-unsupported";
        case NOT_OWNER -> "not-owner";
        case SEAL_SUPERSEDED -> "seal-superseded";
    });

    static final WireEnum<KeysetRecord.Phase> KEYSET_PHASE =
            new WireEnum<>(KeysetRecord.Phase.class, phase -> switch (phase) {
                case RESEALING -> "resealing";
                case WAITING -> "waiting";
                case SETTLED -> "settled";
            });

    static final WireEnum<ConfigReason> CONFIG_REASON = new WireEnum<>(ConfigReason.class, reason -> switch (reason) {
        case NOT_FOUND -> "not-found";
        case VERSION_NOT_FOUND -> "version-not-found";
        case PRECONDITION_FAILED -> "precondition-failed";
    });

    static final WireEnum<AclReason> ACL_REASON = new WireEnum<>(AclReason.class, reason -> switch (reason) {
        case NOT_FOUND -> "not-found";
        case PRECONDITION_FAILED -> "precondition-failed";
        case BUILT_IN -> "built-in";
    });

    static final WireEnum<Authority> AUTHORITY = new WireEnum<>(Authority.class, authority -> switch (authority) {
        case NONE -> "none";
        case OWNER -> "owner";
        case OPERATOR -> "operator";
    });

    static final WireEnum<AccessResource> ACCESS_RESOURCE =
            new WireEnum<>(AccessResource.class, resource -> switch (resource) {
                case SERVICE -> "service";
                case CONFIG -> "config";
                case SECRET -> "secret";
                case OPERATOR -> "operator";
                case ACL -> "acl";
                case KEYS -> "keys";
            });

    static final WireEnum<AccessLevel> ACCESS_LEVEL = new WireEnum<>(AccessLevel.class, level -> switch (level) {
        case DENY -> "deny";
        case READ -> "read";
        case WRITE -> "write";
    });

    private final Class<E> type;
    private final Function<E, String> names;
    private final Map<String, E> constants = new HashMap<>();

    private WireEnum(Class<E> type, Function<E, String> names) {
        this.type = type;
        this.names = names;
        for (E constant : type.getEnumConstants()) {
            constants.put(names.apply(constant), constant);
        }
    }

    String name(E constant) {
        return names.apply(constant);
    }

    E parse(String name) {
        E constant = constants.get(name);
        if (constant == null) {
            throw new UndecodableException("unknown " + type.getSimpleName() + " '" + name + "'", null);
        }
        return constant;
    }
}

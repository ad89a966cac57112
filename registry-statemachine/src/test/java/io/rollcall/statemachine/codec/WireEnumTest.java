package io.rollcall.statemachine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.AccessResource;
import io.rollcall.api.model.CheckState;
import io.rollcall.api.model.CheckType;
import io.rollcall.api.model.InstanceStatus;
import io.rollcall.api.model.Protocol;
import io.rollcall.statemachine.command.Authority;
import io.rollcall.statemachine.command.Command.RegisterMode;
import io.rollcall.statemachine.command.CommandResult.AclRefused.AclReason;
import io.rollcall.statemachine.command.CommandResult.Refused.Reason;
import io.rollcall.statemachine.command.Precondition;
import io.rollcall.statemachine.state.KeysetRecord;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Old logs and stores hold these names: new ones may come behind, none may change. */
final class WireEnumTest {

    @Test
    void namesAreFrozen() {
        assertThat(names(WireEnum.PROTOCOL, Protocol.class)).isEqualTo("http https grpc tcp udp");
        assertThat(names(WireEnum.CHECK_TYPE, CheckType.class)).isEqualTo("http https tcp udp grpc");
        assertThat(names(WireEnum.STATUS, InstanceStatus.class))
                .isEqualTo("passing warning critical starting draining maintenance");
        assertThat(names(WireEnum.CHECK_STATE, CheckState.class)).isEqualTo("passing warning critical");
        assertThat(names(WireEnum.REGISTER_MODE, RegisterMode.class)).isEqualTo("create upsert take-over");
        assertThat(names(WireEnum.PRECONDITION, Precondition.Kind.class)).isEqualTo("none exists absent modify-index");
        assertThat(names(WireEnum.REASON, Reason.class))
                .isEqualTo("already-exists address-conflict not-found stale-incarnation precondition-failed"
                        + " request-id-reused feature-level-unsupported not-owner seal-superseded");
        assertThat(names(WireEnum.ACL_REASON, AclReason.class)).isEqualTo("not-found precondition-failed built-in");
        assertThat(names(WireEnum.AUTHORITY, Authority.class)).isEqualTo("none owner operator");
        assertThat(names(WireEnum.ACCESS_RESOURCE, AccessResource.class))
                .isEqualTo("service config secret operator acl keys");
        assertThat(names(WireEnum.ACCESS_LEVEL, AccessLevel.class)).isEqualTo("deny read write");
        assertThat(names(WireEnum.KEYSET_PHASE, KeysetRecord.Phase.class)).isEqualTo("resealing waiting settled");
    }

    @Test
    void everyNameIsReadBack() {
        for (Reason reason : Reason.values()) {
            assertThat(WireEnum.REASON.parse(WireEnum.REASON.name(reason))).isEqualTo(reason);
        }
    }

    @Test
    void unknownNameIsRefused() {
        assertThatThrownBy(() -> WireEnum.STATUS.parse("PASSING"))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("PASSING");
    }

    private static <E extends Enum<E>> String names(WireEnum<E> wire, Class<E> type) {
        return String.join(
                " ", Arrays.stream(type.getEnumConstants()).map(wire::name).toList());
    }
}

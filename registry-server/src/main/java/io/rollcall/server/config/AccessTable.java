package io.rollcall.server.config;

import java.util.Optional;

/** The settings of who may do what. */
final class AccessTable {

    static final Setting<Optional<AclDefault>> ACL_DEFAULT =
            new Setting<>("acl-default", "auto|allow|deny", "auto", AccessTable::aclDefault, """
                    What is allowed to whoever shows no token: all but tokens, keys and secrets, or nothing; auto means allow \
                    if clients are served on loopback alone. allow lets whoever reaches the listener change everything, deny \
                    refuses all until there are tokens.""");

    private AccessTable() {}

    private static Optional<AclDefault> aclDefault(String text) {
        return switch (text) {
            case "auto" -> Optional.empty();
            case "allow" -> Optional.of(AclDefault.ALLOW);
            case "deny" -> Optional.of(AclDefault.DENY);
            default -> throw new IllegalArgumentException("must be auto, allow or deny");
        };
    }

    /** What holds where auto was said: machines that others reach deny. */
    static AclDefault effective(Optional<AclDefault> setting, boolean isEveryListenerOnLoopback) {
        return setting.orElse(isEveryListenerOnLoopback ? AclDefault.ALLOW : AclDefault.DENY);
    }
}

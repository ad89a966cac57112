package io.rollcall.server.config;

import java.nio.file.Path;
import java.util.Optional;

/** The settings of who may do what. */
final class AccessTable {

    static final Setting<Optional<AclDefault>> ACL_DEFAULT =
            new Setting<>("acl-default", "auto|allow|deny", "auto", AccessTable::aclDefault, """
                    What is allowed to whoever shows no token: all but tokens, keys and secrets, or nothing; auto means allow \
                    if clients are served on loopback alone. allow lets whoever reaches the listener change everything, deny \
                    refuses all until there are tokens.""");

    static final Setting<Optional<Path>> BOOTSTRAP_TOKEN_FILE =
            new Setting<>("bootstrap-token-file", "FILE", "", AccessTable::optionalFile, """
                    The first token of a cluster that is to be founded, as bootstrap.SECRET, the same at each member, with a                     secret of at least 32 characters. Without it the leader draws one and leaves it in the file                     bootstrap-token of its data folder.""");

    private AccessTable() {}

    private static Optional<Path> optionalFile(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }

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

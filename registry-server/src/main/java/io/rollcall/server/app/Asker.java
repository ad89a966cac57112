package io.rollcall.server.app;

import io.rollcall.api.model.AccessLevel;
import io.rollcall.api.model.ServiceKey;
import io.rollcall.server.app.access.Caller;
import io.rollcall.server.app.access.Permission;
import org.jspecify.annotations.Nullable;

/**
 * For whom a query is explained, as far as access goes.
 *
 * @param maySee whether he may read the service
 * @param reason why, or why not
 */
public record Asker(boolean maySee, String reason) {

    /**
     * Whoever asks himself.
     *
     * @param caller who asks
     * @param service what he would read
     * @return what access control says
     */
    public static Asker of(Caller caller, ServiceKey service) {
        if (caller.tokenId() == null) {
            return new Asker(true, "no token was shown, and none is needed to read");
        }
        return ofToken(caller, caller.tokenId(), service);
    }

    /**
     * Whoever has a token.
     *
     * @param holder what the token stands for; null if there is none of that id
     * @param tokenId its public half
     * @param service what he would read
     * @return what access control says
     */
    public static Asker ofToken(@Nullable Caller holder, String tokenId, ServiceKey service) {
        if (holder == null) {
            return new Asker(false, "there is no token '" + tokenId + "', or it has expired");
        }
        Permission needed = Permission.of(AccessLevel.READ, service);
        return holder.may(needed)
                ? new Asker(true, "token '" + tokenId + "' has the permission '" + needed.text() + "'")
                : new Asker(false, "token '" + tokenId + "' lacks the permission '" + needed.text() + "'");
    }
}

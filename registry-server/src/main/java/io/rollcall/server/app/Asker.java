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
        String tokenId = caller.tokenId();
        if (tokenId != null) {
            return ofToken(caller, tokenId, service);
        }
        return caller.isAuthenticated()
                ? of(caller, "'" + caller.identity() + "'", service)
                : new Asker(true, "no token was shown, and none is needed to read");
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
        return of(holder, "token '" + tokenId + "'", service);
    }

    private static Asker of(Caller holder, String who, ServiceKey service) {
        Permission needed = Permission.of(AccessLevel.READ, service);
        return holder.may(needed)
                ? new Asker(true, who + " has the permission '" + needed.text() + "'")
                : new Asker(false, who + " lacks the permission '" + needed.text() + "'");
    }
}

package io.rollcall.server.security.oidc;

/** Why a JWT is not taken; for its sender, so that nothing of it is in here. Without a trace, since it is no fault of ours. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    final String reason;

    Refusal(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }
}

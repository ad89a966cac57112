package io.rollcall.statemachine.state;

import io.rollcall.api.model.AccessToken;

/**
 * A token as stored.
 *
 * @param token as it can be shown
 * @param secretHash SHA-256 of its secret, hexadecimal; empty for one without
 */
public record TokenRecord(AccessToken token, String secretHash) {

    /** Without the hash: whoever has it can try secrets against it. */
    @Override
    public String toString() {
        return "TokenRecord[token=" + token + ", secretHash=***]";
    }
}

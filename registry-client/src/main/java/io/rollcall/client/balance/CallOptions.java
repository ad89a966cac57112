package io.rollcall.client.balance;

/**
 * What a caller says of a call.
 *
 * @param context the key it belongs to, if any
 * @param isIdempotent that it does no harm to make it twice; without it, it is only made again if the first instance
 *     cannot have seen it
 */
public record CallOptions(PickContext context, boolean isIdempotent) {

    private static final CallOptions ONCE = new CallOptions(PickContext.none(), false);
    private static final CallOptions IDEMPOTENT = new CallOptions(PickContext.none(), true);

    /**
     * A call that must not be made twice.
     *
     * @return options
     */
    public static CallOptions once() {
        return ONCE;
    }

    /**
     * A call that may be made again.
     *
     * @return options
     */
    public static CallOptions idempotent() {
        return IDEMPOTENT;
    }

    /**
     * The same for a call that belongs to others with the same key.
     *
     * @param key such as the id of a user
     * @return other options
     */
    public CallOptions withKey(String key) {
        return new CallOptions(PickContext.keyed(key), isIdempotent);
    }
}

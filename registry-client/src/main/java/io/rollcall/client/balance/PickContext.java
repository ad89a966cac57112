package io.rollcall.client.balance;

/** What a {@link Picker} may know of a call: its key, and where it has been tried. Immutable. */
public final class PickContext {

    private static final Track[] NOWHERE = {};
    private static final PickContext NONE = new PickContext(false, 0, NOWHERE);

    private final boolean keyed;
    private final long hash;
    private final Track[] tried;

    private PickContext(boolean keyed, long hash, Track[] tried) {
        this.keyed = keyed;
        this.hash = hash;
        this.tried = tried;
    }

    /**
     * The context of a call that may go anywhere.
     *
     * @return always the same
     */
    public static PickContext none() {
        return NONE;
    }

    /**
     * The context of calls that belong together, for {@link LoadBalancer#consistentHashing()}; others do not look at it.
     *
     * @param key such as the id of a user or of a document
     * @return a context to be used again for the same key
     */
    public static PickContext keyed(String key) {
        return new PickContext(true, Hashes.of(key), NOWHERE);
    }

    /**
     * The context of calls whose key is a number.
     *
     * @param key any number
     * @return a context to be used again for the same key
     */
    public static PickContext keyed(long key) {
        return new PickContext(true, Hashes.mixed(key), NOWHERE);
    }

    /**
     * The same call, which has been tried at one endpoint more.
     *
     * @param endpoint not to be picked again
     * @return another context
     */
    public PickContext excluding(Endpoint endpoint) {
        Track[] more = new Track[tried.length + 1];
        System.arraycopy(tried, 0, more, 0, tried.length);
        more[tried.length] = endpoint.track();
        return new PickContext(keyed, hash, more);
    }

    /**
     * Tells whether the call was tried there.
     *
     * @param endpoint any
     * @return true if it must not be picked
     */
    public boolean excludes(Endpoint endpoint) {
        Track track = endpoint.track();
        for (Track one : tried) {
            if (one == track) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells whether calls with the same {@link #hash()} belong together.
     *
     * @return false if the call may go anywhere
     */
    public boolean isKeyed() {
        return keyed;
    }

    /**
     * Returns the key as a number.
     *
     * @return spread evenly over all longs, and the same in every process; 0 without a key
     */
    public long hash() {
        return hash;
    }

    int triedCount() {
        return tried.length;
    }
}

package io.rollcall.statemachine.state;

/**
 * What the configuration takes in all: the versions that are kept, of every key of every namespace.
 *
 * @param versions how many there are
 * @param bytes what they take, values and {@value #VERSION_BYTES} for each version
 */
public record ConfigTotals(long versions, long bytes) {

    /** What a version counts beside its value: so that versions without a value are not free. */
    public static final int VERSION_BYTES = 256;

    /** Of a registry without configuration. */
    public static final ConfigTotals EMPTY = new ConfigTotals(0, 0);

    /**
     * A version came.
     *
     * @param version it
     * @return a copy with it
     */
    public ConfigTotals plus(ConfigRecord version) {
        return new ConfigTotals(versions + 1, bytes + VERSION_BYTES + version.size());
    }

    /**
     * A version went.
     *
     * @param version it
     * @return a copy without it
     */
    public ConfigTotals minus(ConfigRecord version) {
        return new ConfigTotals(versions - 1, bytes - VERSION_BYTES - version.size());
    }
}

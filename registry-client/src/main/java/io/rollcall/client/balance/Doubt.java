package io.rollcall.client.balance;

/**
 * How much instances get that something speaks against.
 *
 * @param warningPart above 0, at most 1: of its share that an instance in status {@code warning} gets
 * @param minTrustedPart 0 to 1: of the weight that others must have so that suspect instances are left out
 */
record Doubt(double warningPart, double minTrustedPart) {

    static final Doubt DEFAULT = new Doubt(0.5, 0.25);

    Doubt {
        if (!(warningPart > 0 && warningPart <= 1)) {
            throw new IllegalArgumentException("warningPart " + warningPart + " must be above 0, at most 1");
        }
        if (!(minTrustedPart >= 0 && minTrustedPart <= 1)) {
            throw new IllegalArgumentException("minTrustedPart " + minTrustedPart + " must be 0 to 1");
        }
    }
}

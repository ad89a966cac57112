package io.rollcall.client.balance;

/** Why an instance gets calls or does not. */
public enum Standing {
    /** It gets calls. */
    IN_SERVICE("in service"),
    /** Its status is neither passing nor warning. */
    NOT_SERVING("not passing"),
    /** Its weight is 0, which is its owner's word and is kept even if all have it. */
    WITHOUT_WEIGHT("of weight 0"),
    /** The registry doubts that it lives, and there are enough others. */
    SUSPECT("suspect"),
    /** It failed too often. */
    EJECTED("ejected after failures");

    private final String words;

    Standing(String words) {
        this.words = words;
    }

    /**
     * Says it in words that follow a number.
     *
     * @return such as {@code of weight 0}
     */
    public String words() {
        return words;
    }
}

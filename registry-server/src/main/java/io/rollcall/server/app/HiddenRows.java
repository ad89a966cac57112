package io.rollcall.server.app;

/**
 * How many rows a page has passed over because its reader may not see them. Those behind the last row of a full page are
 * counted here only if there is no page after it.
 */
final class HiddenRows {

    private int count;
    private int behind;

    void add(int rows, boolean isPageFull) {
        if (isPageFull) {
            behind += rows;
        } else {
            count += rows;
        }
    }

    /** There is a page after this one, which begins behind the last row of this one. */
    void leaveToNextPage() {
        behind = 0;
    }

    int count() {
        return count + behind;
    }
}

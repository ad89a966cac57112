package io.rollcall.api.error;

/** What a caller may do after an error. */
public enum RetryAdvice {
    /** The same request will fail again. */
    NEVER,
    /** Another node may answer now; nothing was done. */
    ELSEWHERE,
    /** Wait, then try again; nothing was done. */
    LATER,
    /** It may have been done: repeat it with the same request id. */
    SAME_REQUEST
}

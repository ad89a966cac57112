package io.rollcall.client.directory;

/** How a directory learns what is new. */
public enum DirectoryMode {
    /** Nothing was heard yet, and nothing has failed. */
    STARTING,
    /** By streams. */
    WATCH,
    /** By reads now and then: they are answered, and streams do not come through. */
    POLL,
    /** Not at all: the registry is not reached. What is known goes on being served, with its age. */
    OFFLINE,
    /** Not any more. */
    CLOSED
}

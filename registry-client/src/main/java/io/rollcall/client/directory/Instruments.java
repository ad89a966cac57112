package io.rollcall.client.directory;

/** Where a directory counts; thread-safe. */
interface Instruments {

    void add(DirectoryCount count);
}

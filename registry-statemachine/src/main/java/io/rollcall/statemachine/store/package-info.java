/** Where the state lies: RocksDB, one atomic batch a log entry. */
@NullMarked
package io.rollcall.statemachine.store;

import org.jspecify.annotations.NullMarked;

/** The lease service of etcd over gRPC, without its generated classes. */
@NullMarked
package io.rollcall.bench.etcd;

import org.jspecify.annotations.NullMarked;

/** The format of the audit log, and how it is verified without a server. */
@NullMarked
package io.rollcall.api.audit;

import org.jspecify.annotations.NullMarked;

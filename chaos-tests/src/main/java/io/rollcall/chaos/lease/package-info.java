/** What is recorded of leases and health checks: signs of life, what the nodes showed of them, and who led. */
@NullMarked
package io.rollcall.chaos.lease;

import org.jspecify.annotations.NullMarked;

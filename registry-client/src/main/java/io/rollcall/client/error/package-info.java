/**
 * How a call was not done, as exceptions, for callers that prefer them to {@link io.rollcall.client.Outcome}. What was not
 * answered and what is unknown are apart from refusals; each stable code of a refusal has its own class with the fields that
 * its caller needs to act, and a newer registry's code is told by the class of its family.
 */
@NullMarked
package io.rollcall.client.error;

import org.jspecify.annotations.NullMarked;

/** What the registry's answers hold. Fields that a newer registry added are passed over. */
@NullMarked
package io.rollcall.client.answer;

import org.jspecify.annotations.NullMarked;

/** Finds personal data and secrets in texts, in time linear in their length, and masks them. */
@NullMarked
package io.plumbline.sensitivedata;

import org.jspecify.annotations.NullMarked;

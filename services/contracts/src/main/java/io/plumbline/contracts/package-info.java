/**
 * The events that services publish: one sealed interface per service, and the value types in them.
 */
@NullMarked
package io.plumbline.contracts;

import org.jspecify.annotations.NullMarked;

/** The rules for calls that name a model without a variant; stores nothing. */
@NullMarked
package io.plumbline.inference.bare;

import org.jspecify.annotations.NullMarked;

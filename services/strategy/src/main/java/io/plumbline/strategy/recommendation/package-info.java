/** The recommendation of a variant by the measurements. */
@NullMarked
package io.plumbline.strategy.recommendation;

import org.jspecify.annotations.NullMarked;

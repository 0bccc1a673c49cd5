/** Texts compared by content: equal after normalisation, or nearly equal by a sketch. */
@NullMarked
package io.plumbline.platform.similarity;

import org.jspecify.annotations.NullMarked;

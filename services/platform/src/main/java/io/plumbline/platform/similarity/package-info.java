/** Comparison of texts by content: equal after normalisation, or nearly equal by their hashes. */
@NullMarked
package io.plumbline.platform.similarity;

import org.jspecify.annotations.NullMarked;

/** Which variant to use, from what was measured. */
@NullMarked
package io.plumbline.strategy.recommendation;

import org.jspecify.annotations.NullMarked;

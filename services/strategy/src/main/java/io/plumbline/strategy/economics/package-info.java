/** The costs of each approach, and the volumes at which one becomes cheaper than another. */
@NullMarked
package io.plumbline.strategy.economics;

import org.jspecify.annotations.NullMarked;

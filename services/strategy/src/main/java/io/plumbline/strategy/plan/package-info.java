/** Criteria of success, the three phases and their gates, waivers. */
@NullMarked
package io.plumbline.strategy.plan;

import org.jspecify.annotations.NullMarked;

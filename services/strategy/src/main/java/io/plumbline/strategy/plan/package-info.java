/** The criteria of success, the phases with their gates, and the waivers. */
@NullMarked
package io.plumbline.strategy.plan;

import org.jspecify.annotations.NullMarked;

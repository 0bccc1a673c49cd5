/**
 * Intervals, tests, power and sequential rules. Each formula names its source, and none depends on
 * a service.
 */
@NullMarked
package io.plumbline.statistics;

import org.jspecify.annotations.NullMarked;

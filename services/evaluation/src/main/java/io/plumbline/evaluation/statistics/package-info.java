/**
 * Intervals, tests and sequential rules: each formula with its source, none with a dependency on
 * the rest of the service.
 */
@NullMarked
package io.plumbline.evaluation.statistics;

import org.jspecify.annotations.NullMarked;

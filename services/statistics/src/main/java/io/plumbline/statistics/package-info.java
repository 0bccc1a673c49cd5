/**
 * Intervals, tests, power and sequential rules: each formula with its source, none with a
 * dependency on a service.
 */
@NullMarked
package io.plumbline.statistics;

import org.jspecify.annotations.NullMarked;

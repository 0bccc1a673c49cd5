/**
 * Runs: a suite answered by a variant through the public inference door, item by item, without loss
 * or doubling.
 */
@NullMarked
package io.plumbline.evaluation.run;

import org.jspecify.annotations.NullMarked;

/**
 * The suites, each of which has items of an admitted split, their perturbations, and the metrics
 * measured on them.
 */
@NullMarked
package io.plumbline.evaluation.suite;

import org.jspecify.annotations.NullMarked;

/**
 * The metrics that are measured on answers, with their intervals, perturbations and paired
 * differences.
 */
@NullMarked
package io.plumbline.evaluation.metric;

import org.jspecify.annotations.NullMarked;

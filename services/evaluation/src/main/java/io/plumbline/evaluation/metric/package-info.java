/**
 * What is measured on answers: metrics with their intervals, perturbations, and paired differences.
 */
@NullMarked
package io.plumbline.evaluation.metric;

import org.jspecify.annotations.NullMarked;

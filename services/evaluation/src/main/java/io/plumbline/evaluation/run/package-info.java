/**
 * Evaluation runs: a suite answered by a variant or model through the public inference API, each
 * item exactly once.
 */
@NullMarked
package io.plumbline.evaluation.run;

import org.jspecify.annotations.NullMarked;

/**
 * Evaluation runs, in which a variant or model answers each item of a suite exactly once through
 * the public inference API.
 */
@NullMarked
package io.plumbline.evaluation.run;

import org.jspecify.annotations.NullMarked;

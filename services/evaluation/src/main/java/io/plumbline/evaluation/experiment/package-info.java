/**
 * Baselines, paired comparisons, verdicts against pre-registered criteria, and the gates that read
 * them.
 */
@NullMarked
package io.plumbline.evaluation.experiment;

import org.jspecify.annotations.NullMarked;

/**
 * The hyperparameters of a training job: their names, ranges, defaults, and whole configurations.
 */
@NullMarked
package io.plumbline.training.hyperparameter;

import org.jspecify.annotations.NullMarked;

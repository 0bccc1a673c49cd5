/**
 * The hyperparameters of a training job, with their names, ranges and defaults, and complete
 * configurations.
 */
@NullMarked
package io.plumbline.training.hyperparameter;

import org.jspecify.annotations.NullMarked;

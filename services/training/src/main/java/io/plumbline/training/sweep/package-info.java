/** Hyperparameter sweeps: trials are training jobs, one after the other, within a budget. */
@NullMarked
package io.plumbline.training.sweep;

import org.jspecify.annotations.NullMarked;

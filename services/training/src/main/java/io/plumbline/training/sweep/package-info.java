/** Hyperparameter sweeps. Their trials are training jobs that run in turn, within a budget. */
@NullMarked
package io.plumbline.training.sweep;

import org.jspecify.annotations.NullMarked;

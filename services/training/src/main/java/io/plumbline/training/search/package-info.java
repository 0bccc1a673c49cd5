/** Hyperparameter search: trials are training jobs, one after the other, within a budget. */
@NullMarked
package io.plumbline.training.search;

import org.jspecify.annotations.NullMarked;

/** Scorers: what an output is worth, held against what its item expects. */
@NullMarked
package io.plumbline.evaluation.scorer;

import org.jspecify.annotations.NullMarked;

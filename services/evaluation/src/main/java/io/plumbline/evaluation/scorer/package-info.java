/** The scorers, which compare an output with what its item expects. */
@NullMarked
package io.plumbline.evaluation.scorer;

import org.jspecify.annotations.NullMarked;

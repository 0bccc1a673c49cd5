/** Suggestions for the next step, drawn from the metrics of a finished run. */
@NullMarked
package io.plumbline.training.diagnosis;

import org.jspecify.annotations.NullMarked;

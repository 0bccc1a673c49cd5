/** What the metrics of a finished run suggest to do next. */
@NullMarked
package io.plumbline.training.diagnosis;

import org.jspecify.annotations.NullMarked;

/** The evidence that runs on test items depend on. */
@NullMarked
package io.plumbline.evaluation.gate;

import org.jspecify.annotations.NullMarked;

/** The client of inference: what it is asked, and what comes back. */
@NullMarked
package io.plumbline.evaluation.inference;

import org.jspecify.annotations.NullMarked;

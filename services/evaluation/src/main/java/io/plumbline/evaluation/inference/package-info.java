/** The client of inference, with the replies that it returns. */
@NullMarked
package io.plumbline.evaluation.inference;

import org.jspecify.annotations.NullMarked;

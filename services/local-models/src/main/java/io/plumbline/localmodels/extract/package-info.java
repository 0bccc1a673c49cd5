/** The extractive reader: sentences of given passages as the answer to a question. */
@NullMarked
package io.plumbline.localmodels.extract;

import org.jspecify.annotations.NullMarked;

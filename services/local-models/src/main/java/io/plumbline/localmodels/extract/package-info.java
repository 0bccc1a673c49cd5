/** The extractive reader, which answers a question with sentences of given passages. */
@NullMarked
package io.plumbline.localmodels.extract;

import org.jspecify.annotations.NullMarked;

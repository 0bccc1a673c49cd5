/** Adds to an answer the passages that it cites and the fields of Plumbline. */
@NullMarked
package io.plumbline.inference.answer;

import org.jspecify.annotations.NullMarked;

/** Decides which run may ask its questions, while servers answer and while they do not. */
@NullMarked
package io.plumbline.evaluation.run.turn;

import org.jspecify.annotations.NullMarked;

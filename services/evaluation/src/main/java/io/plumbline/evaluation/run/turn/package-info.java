/** The control of which run may send its questions, also while servers do not answer. */
@NullMarked
package io.plumbline.evaluation.run.turn;

import org.jspecify.annotations.NullMarked;

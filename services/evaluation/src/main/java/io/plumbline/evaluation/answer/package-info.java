/** The answer of a model, its scores, and the forms in which it is compared. */
@NullMarked
package io.plumbline.evaluation.answer;

import org.jspecify.annotations.NullMarked;

/** An answer of a model, what it is worth, and the forms in which it is compared. */
@NullMarked
package io.plumbline.evaluation.answer;

import org.jspecify.annotations.NullMarked;

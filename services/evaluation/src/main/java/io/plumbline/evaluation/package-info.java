/** The evaluation service, which decides with evidence whether a variant works. */
@NullMarked
package io.plumbline.evaluation;

import org.jspecify.annotations.NullMarked;

/** Counts the tokens of a request before it is sent to a model. */
@NullMarked
package io.plumbline.prompttemplate.tokens;

import org.jspecify.annotations.NullMarked;

/** Counts the tokens of a request before a model is asked. */
@NullMarked
package io.plumbline.prompttemplate.tokens;

import org.jspecify.annotations.NullMarked;

/** Gives running applications the prompts of their own by a label. */
@NullMarked
package io.plumbline.inference.serving.prompt;

import org.jspecify.annotations.NullMarked;

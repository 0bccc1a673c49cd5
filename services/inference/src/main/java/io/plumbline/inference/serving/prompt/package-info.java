/** Serves to running applications their own prompts by label. */
@NullMarked
package io.plumbline.inference.serving.prompt;

import org.jspecify.annotations.NullMarked;

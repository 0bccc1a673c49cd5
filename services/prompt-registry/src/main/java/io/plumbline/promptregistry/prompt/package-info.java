/** The prompts, their versions, their labels and the moves of labels. */
@NullMarked
package io.plumbline.promptregistry.prompt;

import org.jspecify.annotations.NullMarked;

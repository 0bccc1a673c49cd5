/** Turns a prompt version and values into the messages that a model gets. */
@NullMarked
package io.plumbline.prompttemplate.rendering;

import org.jspecify.annotations.NullMarked;

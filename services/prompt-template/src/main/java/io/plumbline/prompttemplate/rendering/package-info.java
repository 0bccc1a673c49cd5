/** From a prompt version and values to the messages that a model gets. */
@NullMarked
package io.plumbline.prompttemplate.rendering;

import org.jspecify.annotations.NullMarked;

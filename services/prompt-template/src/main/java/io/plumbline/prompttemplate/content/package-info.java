/** The content of a prompt version, and the rules that it must follow. */
@NullMarked
package io.plumbline.prompttemplate.content;

import org.jspecify.annotations.NullMarked;

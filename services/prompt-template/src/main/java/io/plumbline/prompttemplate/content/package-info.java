/** What a prompt version says, and the rules its content must keep. */
@NullMarked
package io.plumbline.prompttemplate.content;

import org.jspecify.annotations.NullMarked;

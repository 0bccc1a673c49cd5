/** What a prompt version says, and the rules its content must keep. */
@NullMarked
package io.plumbline.promptregistry.content;

import org.jspecify.annotations.NullMarked;

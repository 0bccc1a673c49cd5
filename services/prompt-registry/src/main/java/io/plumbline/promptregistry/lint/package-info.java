/** Guidelines for prompts as rules with positions. */
@NullMarked
package io.plumbline.promptregistry.lint;

import org.jspecify.annotations.NullMarked;

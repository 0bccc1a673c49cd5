/** The guidelines for prompts, as rules that report the position of a finding. */
@NullMarked
package io.plumbline.promptregistry.lint;

import org.jspecify.annotations.NullMarked;

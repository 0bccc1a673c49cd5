/** Keeps an organisation's prompts: immutable versions, movable labels, lint and diff. */
@NullMarked
package io.plumbline.promptregistry;

import org.jspecify.annotations.NullMarked;

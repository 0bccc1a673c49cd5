/** Writes docs/events.md and docs/modules.md from the classes, and holds that they are current. */
@NullMarked
package io.plumbline.docs;

import org.jspecify.annotations.NullMarked;

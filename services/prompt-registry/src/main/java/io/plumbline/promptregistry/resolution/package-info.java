/** Answers which version a label names, from memory. */
@NullMarked
package io.plumbline.promptregistry.resolution;

import org.jspecify.annotations.NullMarked;

/** Resolves labels to versions from memory. */
@NullMarked
package io.plumbline.promptregistry.resolution;

import org.jspecify.annotations.NullMarked;

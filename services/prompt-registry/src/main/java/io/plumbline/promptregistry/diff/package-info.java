/** Differences between two versions, with variables as whole words. */
@NullMarked
package io.plumbline.promptregistry.diff;

import org.jspecify.annotations.NullMarked;

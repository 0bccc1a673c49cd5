/** Checks requests against the context window of their model. */
@NullMarked
package io.plumbline.inference.context;

import org.jspecify.annotations.NullMarked;

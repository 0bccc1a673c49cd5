/** Decides whether a variant is another one over newer documents, with nothing else changed. */
@NullMarked
package io.plumbline.inference.refresh;

import org.jspecify.annotations.NullMarked;

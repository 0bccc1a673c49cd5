/** Whether a variant is another one over newer documents, and over nothing else that is new. */
@NullMarked
package io.plumbline.inference.refresh;

import org.jspecify.annotations.NullMarked;

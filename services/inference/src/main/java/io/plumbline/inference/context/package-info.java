/** Holds requests against the context window of the model that they are for. */
@NullMarked
package io.plumbline.inference.context;

import org.jspecify.annotations.NullMarked;

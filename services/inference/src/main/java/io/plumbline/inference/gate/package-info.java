/** The evidence that the gates of releases depend on. */
@NullMarked
package io.plumbline.inference.gate;

import org.jspecify.annotations.NullMarked;

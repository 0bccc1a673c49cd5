/** The questions of gates: whether a service has applied all evidence that was published before. */
@NullMarked
package io.plumbline.platform.gate;

import org.jspecify.annotations.NullMarked;

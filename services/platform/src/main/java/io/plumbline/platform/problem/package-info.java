/** RFC 9457 problems, and the recording of refusals. */
@NullMarked
package io.plumbline.platform.problem;

import org.jspecify.annotations.NullMarked;

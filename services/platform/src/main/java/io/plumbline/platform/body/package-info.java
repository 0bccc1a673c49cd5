/** Bodies of requests: read late, within limits of bytes, nodes, depth and memory. */
@NullMarked
package io.plumbline.platform.body;

import org.jspecify.annotations.NullMarked;

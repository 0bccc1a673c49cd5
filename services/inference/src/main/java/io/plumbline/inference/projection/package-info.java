/** Keeps projections of other services' events, with what the gates and the request path need. */
@NullMarked
package io.plumbline.inference.projection;

import org.jspecify.annotations.NullMarked;

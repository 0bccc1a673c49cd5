/**
 * Projections of other services' events: what the gates and the request path need to know of them.
 */
@NullMarked
package io.plumbline.inference.projection;

import org.jspecify.annotations.NullMarked;

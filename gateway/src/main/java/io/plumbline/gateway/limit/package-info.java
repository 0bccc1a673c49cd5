/** The limits of one client: of requests, and of sign-ins before it is known who signs in. */
@NullMarked
package io.plumbline.gateway.limit;

import org.jspecify.annotations.NullMarked;

/** How much one client may ask for: requests, and sign-ins before it is known who signs in. */
@NullMarked
package io.plumbline.gateway.limit;

import org.jspecify.annotations.NullMarked;

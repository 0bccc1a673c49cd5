/** Calls to other services, authorized and made on behalf of a caller. */
@NullMarked
package io.plumbline.platform.client;

import org.jspecify.annotations.NullMarked;

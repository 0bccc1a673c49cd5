/** Calls to other services, with the token and the signed statement of this one. */
@NullMarked
package io.plumbline.platform.client;

import org.jspecify.annotations.NullMarked;

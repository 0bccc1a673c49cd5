/** The filter chain: who may call, and on whose behalf a service does. */
@NullMarked
package io.plumbline.platform.security;

import org.jspecify.annotations.NullMarked;

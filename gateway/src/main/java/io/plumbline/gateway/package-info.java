/**
 * Signs people in, routes requests with a token to the services, limits them, and serves the
 * portal.
 */
@NullMarked
package io.plumbline.gateway;

import org.jspecify.annotations.NullMarked;

/** Where requests go, what is taken off them on the way, and the portal's files. */
@NullMarked
package io.plumbline.gateway.route;

import org.jspecify.annotations.NullMarked;

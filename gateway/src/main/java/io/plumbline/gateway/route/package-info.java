/** Routes to the services, rate limits, the API page and the portal's files. */
@NullMarked
package io.plumbline.gateway.route;

import org.jspecify.annotations.NullMarked;

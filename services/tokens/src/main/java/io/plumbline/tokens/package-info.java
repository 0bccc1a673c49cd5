/** Which access tokens the gateway and the services believe. */
@NullMarked
package io.plumbline.tokens;

import org.jspecify.annotations.NullMarked;

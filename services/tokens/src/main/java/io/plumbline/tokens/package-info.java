/** The rules by which the gateway and the services accept access tokens. */
@NullMarked
package io.plumbline.tokens;

import org.jspecify.annotations.NullMarked;

/** The calls between services, as they are made and as they are documented. */
@NullMarked
package io.plumbline.platform.test.call;

import org.jspecify.annotations.NullMarked;

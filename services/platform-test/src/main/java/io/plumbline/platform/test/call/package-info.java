/**
 * The calls between services, as they are made and as they are documented, and their certificates.
 */
@NullMarked
package io.plumbline.platform.test.call;

import org.jspecify.annotations.NullMarked;

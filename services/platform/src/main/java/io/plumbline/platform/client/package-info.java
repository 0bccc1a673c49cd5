/** Calls to other services. */
@NullMarked
package io.plumbline.platform.client;

import org.jspecify.annotations.NullMarked;

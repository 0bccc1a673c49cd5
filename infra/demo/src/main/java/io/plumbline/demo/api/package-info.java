/** A client of the public API through the gateway, signed in as one user. */
@NullMarked
package io.plumbline.demo.api;

import org.jspecify.annotations.NullMarked;

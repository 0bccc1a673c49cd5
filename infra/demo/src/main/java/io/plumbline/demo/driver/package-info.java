/**
 * The loop through the public API, which the demo and the end-to-end tests share: one request a
 * method, and the waiting for what follows from it.
 */
@NullMarked
package io.plumbline.demo.driver;

import org.jspecify.annotations.NullMarked;

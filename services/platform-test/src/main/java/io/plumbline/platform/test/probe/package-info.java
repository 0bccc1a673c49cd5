/** Requests that none of our clients would send. */
@NullMarked
package io.plumbline.platform.test.probe;

import org.jspecify.annotations.NullMarked;

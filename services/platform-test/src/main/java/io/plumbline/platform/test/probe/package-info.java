/** Requests that no client of ours would send. */
@NullMarked
package io.plumbline.platform.test.probe;

import org.jspecify.annotations.NullMarked;

/** Hashes the user of a call and masks its session before a trace keeps them. */
@NullMarked
package io.plumbline.inference.enduser;

import org.jspecify.annotations.NullMarked;

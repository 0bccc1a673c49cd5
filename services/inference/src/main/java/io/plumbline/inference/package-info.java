/** Composes variants, releases them through gates, and serves them. */
@NullMarked
package io.plumbline.inference;

import org.jspecify.annotations.NullMarked;

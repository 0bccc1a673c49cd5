/** External endpoints that serve models, called without trusting them. */
@NullMarked
package io.plumbline.inference.provider;

import org.jspecify.annotations.NullMarked;

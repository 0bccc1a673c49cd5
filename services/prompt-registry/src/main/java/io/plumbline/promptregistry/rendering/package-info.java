/** Mustache templates over typed variables, without code. */
@NullMarked
package io.plumbline.promptregistry.rendering;

import org.jspecify.annotations.NullMarked;

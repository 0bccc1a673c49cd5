/** Mustache templates over typed variables: text in, text out, never code. */
@NullMarked
package io.plumbline.promptregistry.rendering;

import org.jspecify.annotations.NullMarked;

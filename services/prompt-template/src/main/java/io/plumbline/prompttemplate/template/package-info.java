/** The Mustache templates over typed variables, without code. */
@NullMarked
package io.plumbline.prompttemplate.template;

import org.jspecify.annotations.NullMarked;

/** The steps of the demo and what they share. */
@NullMarked
package io.plumbline.demo.step;

import org.jspecify.annotations.NullMarked;

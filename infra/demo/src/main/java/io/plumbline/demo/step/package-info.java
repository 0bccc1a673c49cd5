/** The steps of the loop, in the order in which they are taken. */
@NullMarked
package io.plumbline.demo.step;

import org.jspecify.annotations.NullMarked;

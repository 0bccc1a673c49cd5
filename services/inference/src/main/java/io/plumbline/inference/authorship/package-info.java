/** The authors of prompt versions, none of whom may approve what is made of their words. */
@NullMarked
package io.plumbline.inference.authorship;

import org.jspecify.annotations.NullMarked;

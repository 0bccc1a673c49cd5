/** The formatter and the rules of the source tree, checked in every build. */
@NullMarked
package io.plumbline.house;

import org.jspecify.annotations.NullMarked;

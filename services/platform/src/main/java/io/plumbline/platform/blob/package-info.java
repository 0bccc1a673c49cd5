/** Content-addressed storage of immutable bytes, one space per workspace. */
@NullMarked
package io.plumbline.platform.blob;

import org.jspecify.annotations.NullMarked;

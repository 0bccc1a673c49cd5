@NullMarked
package io.plumbline.images;

import org.jspecify.annotations.NullMarked;

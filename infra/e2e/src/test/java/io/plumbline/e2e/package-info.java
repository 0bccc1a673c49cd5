/** The whole platform of this checkout, started, used, attacked and killed. */
@NullMarked
package io.plumbline.e2e;

import org.jspecify.annotations.NullMarked;

/** Everything about one application, on one page. */
@NullMarked
package io.plumbline.strategy.overview;

import org.jspecify.annotations.NullMarked;

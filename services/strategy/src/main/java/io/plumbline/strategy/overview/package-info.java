/** The overview of an application with everything that its page shows. */
@NullMarked
package io.plumbline.strategy.overview;

import org.jspecify.annotations.NullMarked;

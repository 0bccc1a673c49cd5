/** Projections of the events of other services: runs, variants, releases, usage, datasets. */
@NullMarked
package io.plumbline.strategy.projection;

import org.jspecify.annotations.NullMarked;

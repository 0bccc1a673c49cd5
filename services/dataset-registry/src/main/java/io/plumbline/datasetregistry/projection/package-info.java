/** Projections of other services' events: the active admission policies. */
@NullMarked
package io.plumbline.datasetregistry.projection;

import org.jspecify.annotations.NullMarked;

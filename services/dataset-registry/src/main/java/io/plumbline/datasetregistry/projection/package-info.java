/** Projections of other services' events: active admission policies, and the lineage of data. */
@NullMarked
package io.plumbline.datasetregistry.projection;

import org.jspecify.annotations.NullMarked;

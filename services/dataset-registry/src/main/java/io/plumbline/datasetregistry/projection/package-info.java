/** Projections of other services' events: active admission policies, and what data became. */
@NullMarked
package io.plumbline.datasetregistry.projection;

import org.jspecify.annotations.NullMarked;

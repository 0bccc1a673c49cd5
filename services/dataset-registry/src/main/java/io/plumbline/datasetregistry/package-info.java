/** The service that owns datasets: versions, reports, splits, and whether a version may be used. */
@NullMarked
package io.plumbline.datasetregistry;

import org.jspecify.annotations.NullMarked;

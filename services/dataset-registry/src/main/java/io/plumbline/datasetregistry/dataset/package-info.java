/** Datasets and their immutable versions. */
@NullMarked
package io.plumbline.datasetregistry.dataset;

import org.jspecify.annotations.NullMarked;

/** Finds the questions that no longer fit a version of the documents that they are about. */
@NullMarked
package io.plumbline.datasetregistry.staleness;

import org.jspecify.annotations.NullMarked;

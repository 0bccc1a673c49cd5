/** Questions held against another version of the documents that they are about. */
@NullMarked
package io.plumbline.datasetregistry.staleness;

import org.jspecify.annotations.NullMarked;

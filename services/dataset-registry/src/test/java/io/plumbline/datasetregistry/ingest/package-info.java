/** Tests of the module without Spring. */
@NullMarked
package io.plumbline.datasetregistry.ingest;

import org.jspecify.annotations.NullMarked;

/** Tests of the module without Spring. */
@NullMarked
package io.plumbline.datasetregistry.draft;

import org.jspecify.annotations.NullMarked;

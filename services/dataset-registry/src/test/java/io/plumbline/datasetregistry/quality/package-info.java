/** Tests of the module without Spring. */
@NullMarked
package io.plumbline.datasetregistry.quality;

import org.jspecify.annotations.NullMarked;

/** Tests of the module without Spring. */
@NullMarked
package io.plumbline.datasetregistry.split;

import org.jspecify.annotations.NullMarked;

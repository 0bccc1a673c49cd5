/** Tests of the module without Spring. */
@NullMarked
package io.plumbline.datasetregistry.export;

import org.jspecify.annotations.NullMarked;

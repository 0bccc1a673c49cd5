/** Tests of the module without Spring. */
@NullMarked
package io.plumbline.datasetregistry.admission;

import org.jspecify.annotations.NullMarked;

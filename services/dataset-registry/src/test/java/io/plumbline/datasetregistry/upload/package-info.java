/** Tests of the module without Spring. */
@NullMarked
package io.plumbline.datasetregistry.upload;

import org.jspecify.annotations.NullMarked;

/** Tests of the module without Spring. */
@NullMarked
package io.plumbline.datasetregistry.privacy;

import org.jspecify.annotations.NullMarked;

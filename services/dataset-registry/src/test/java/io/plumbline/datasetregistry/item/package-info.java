/** Tests of the module without Spring. */
@NullMarked
package io.plumbline.datasetregistry.item;

import org.jspecify.annotations.NullMarked;

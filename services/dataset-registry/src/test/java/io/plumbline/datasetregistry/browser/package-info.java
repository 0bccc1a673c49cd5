/** Tests of the module without Spring. */
@NullMarked
package io.plumbline.datasetregistry.browser;

import org.jspecify.annotations.NullMarked;

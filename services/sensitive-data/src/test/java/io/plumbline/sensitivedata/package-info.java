/** Tests of the module without Spring. */
@NullMarked
package io.plumbline.sensitivedata;

import org.jspecify.annotations.NullMarked;

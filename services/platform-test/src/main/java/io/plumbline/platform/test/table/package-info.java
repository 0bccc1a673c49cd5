/** Tests of the rights that a service has on its tables. */
@NullMarked
package io.plumbline.platform.test.table;

import org.jspecify.annotations.NullMarked;

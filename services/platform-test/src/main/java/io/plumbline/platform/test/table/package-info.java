/** What the tables of a service let somebody do. */
@NullMarked
package io.plumbline.platform.test.table;

import org.jspecify.annotations.NullMarked;

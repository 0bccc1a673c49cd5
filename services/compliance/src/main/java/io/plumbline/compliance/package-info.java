/** Proves that every recorded change was allowed and happened as recorded. */
@NullMarked
package io.plumbline.compliance;

import org.jspecify.annotations.NullMarked;

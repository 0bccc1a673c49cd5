/** Tests of reading records to items. */
@NullMarked
package io.plumbline.datasetregistry.row;

import org.jspecify.annotations.NullMarked;

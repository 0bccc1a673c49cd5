/** Tests of uploads in parts. */
@NullMarked
package io.plumbline.datasetregistry.resumable;

import org.jspecify.annotations.NullMarked;

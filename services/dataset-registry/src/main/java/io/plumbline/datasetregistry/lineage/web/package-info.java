/** Rows and their lineage over HTTP. */
@NullMarked
package io.plumbline.datasetregistry.lineage.web;

import org.jspecify.annotations.NullMarked;

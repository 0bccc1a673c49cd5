/** Splits over HTTP. */
@NullMarked
package io.plumbline.datasetregistry.split.web;

import org.jspecify.annotations.NullMarked;

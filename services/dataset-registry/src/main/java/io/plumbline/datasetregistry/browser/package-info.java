/** The items of a dataset version or of a subset, page by page, with sensitive values masked. */
@NullMarked
package io.plumbline.datasetregistry.browser;

import org.jspecify.annotations.NullMarked;

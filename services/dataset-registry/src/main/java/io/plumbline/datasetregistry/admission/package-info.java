/** Whether a version may train, be indexed or evaluate: the workspace's policies decide. */
@NullMarked
package io.plumbline.datasetregistry.admission;

import org.jspecify.annotations.NullMarked;

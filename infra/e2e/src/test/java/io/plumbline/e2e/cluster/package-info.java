/** Checks of an installation on Kubernetes, run by {@code ./plumbline check-cluster}. */
@NullMarked
package io.plumbline.e2e.cluster;

import org.jspecify.annotations.NullMarked;

/** Tests of the Kubernetes manifests, the alert rules and the dashboard. */
@NullMarked
package io.plumbline.manifests;

import org.jspecify.annotations.NullMarked;

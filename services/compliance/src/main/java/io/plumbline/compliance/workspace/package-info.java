/** The workspaces of the installation: who administers them, and what they are configured to be. */
@NullMarked
package io.plumbline.compliance.workspace;

import org.jspecify.annotations.NullMarked;

/** The workspaces of the installation. */
@NullMarked
package io.plumbline.compliance.workspace;

import org.jspecify.annotations.NullMarked;

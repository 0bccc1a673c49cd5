/** The workspaces that compliance published, and the refusal of changes in archived ones. */
@NullMarked
package io.plumbline.platform.workspace;

import org.jspecify.annotations.NullMarked;

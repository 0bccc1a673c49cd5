/** The workspaces of the running platform, by its public API. */
@NullMarked
package io.plumbline.launcher.workspace;

import org.jspecify.annotations.NullMarked;

/** The isolation of workspaces: only a workspace itself sees its rows. */
@NullMarked
package io.plumbline.platform.test.isolation;

import org.jspecify.annotations.NullMarked;

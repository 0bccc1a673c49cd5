/** The caller with its workspace and roles, and the settings by which its token is validated. */
@NullMarked
package io.plumbline.platform.identity;

import org.jspecify.annotations.NullMarked;

/** Who calls: token validation, the caller and its workspace, roles. */
@NullMarked
package io.plumbline.platform.identity;

import org.jspecify.annotations.NullMarked;

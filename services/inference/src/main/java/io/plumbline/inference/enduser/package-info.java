/** Whom an application makes its calls for, and in which of its sessions, as traces keep it. */
@NullMarked
package io.plumbline.inference.enduser;

import org.jspecify.annotations.NullMarked;

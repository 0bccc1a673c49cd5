/** The servers and applications that make up a running platform, and how each is started. */
@NullMarked
package io.plumbline.launcher.component;

import org.jspecify.annotations.NullMarked;

/** The parts of an installation on disk: folders, secrets, lock and built applications. */
@NullMarked
package io.plumbline.launcher.installation;

import org.jspecify.annotations.NullMarked;

/** Child processes of the operating system: starting, identifying, logging and stopping them. */
@NullMarked
package io.plumbline.launcher.process;

import org.jspecify.annotations.NullMarked;

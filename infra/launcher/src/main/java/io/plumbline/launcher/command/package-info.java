/** The commands of {@code ./plumbline}, with their options and help. */
@NullMarked
package io.plumbline.launcher.command;

import org.jspecify.annotations.NullMarked;

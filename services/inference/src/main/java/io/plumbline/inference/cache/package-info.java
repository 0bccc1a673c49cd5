/** Keeps the data of workspaces that requests need in memory. */
@NullMarked
package io.plumbline.inference.cache;

import org.jspecify.annotations.NullMarked;

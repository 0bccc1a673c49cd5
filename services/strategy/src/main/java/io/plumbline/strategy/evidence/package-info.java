/** What other services told: runs, variants, releases, usage, datasets. */
@NullMarked
package io.plumbline.strategy.evidence;

import org.jspecify.annotations.NullMarked;

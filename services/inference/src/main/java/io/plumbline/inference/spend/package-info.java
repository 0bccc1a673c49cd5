/** What a workspace used and what it cost, added up by who or what used it. */
@NullMarked
package io.plumbline.inference.spend;

import org.jspecify.annotations.NullMarked;

/** The rules for everything that one person proposes and a second one decides. */
@NullMarked
package io.plumbline.modelregistry.proposal;

import org.jspecify.annotations.NullMarked;

/** The description of a service's tables with evidence, for the verification of the ledger. */
@NullMarked
package io.plumbline.platform.test.evidence;

import org.jspecify.annotations.NullMarked;

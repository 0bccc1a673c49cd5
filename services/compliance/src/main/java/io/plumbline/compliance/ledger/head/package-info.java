/** The signed tree heads and the keys that sign them. */
@NullMarked
package io.plumbline.compliance.ledger.head;

import org.jspecify.annotations.NullMarked;

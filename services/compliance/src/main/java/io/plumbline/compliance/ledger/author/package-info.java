/** Who wrote an event: the keys of the services, kept for as long as their entries are. */
@NullMarked
package io.plumbline.compliance.ledger.author;

import org.jspecify.annotations.NullMarked;

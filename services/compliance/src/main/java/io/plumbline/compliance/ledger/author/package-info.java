/** The keys of the services that write events, kept for as long as their entries. */
@NullMarked
package io.plumbline.compliance.ledger.author;

import org.jspecify.annotations.NullMarked;

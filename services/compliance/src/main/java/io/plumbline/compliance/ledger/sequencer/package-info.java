/** Receives messages, appends them batch by batch and signs the tree. */
@NullMarked
package io.plumbline.compliance.ledger.sequencer;

import org.jspecify.annotations.NullMarked;

/**
 * The lag of the ledger behind this service, and the guard that stops writes when the lag is too
 * large.
 */
@NullMarked
package io.plumbline.platform.ledger;

import org.jspecify.annotations.NullMarked;

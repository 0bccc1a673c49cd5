/** How far the ledger lags behind this service, and what stops when it lags too far. */
@NullMarked
package io.plumbline.platform.ledger;

import org.jspecify.annotations.NullMarked;

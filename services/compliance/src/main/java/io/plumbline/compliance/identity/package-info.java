/** The changes that administrators make at the identity provider, as entries of the ledger. */
@NullMarked
package io.plumbline.compliance.identity;

import org.jspecify.annotations.NullMarked;

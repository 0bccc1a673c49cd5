/** The people behind the ids in the ledger, who are looked up in Keycloak and never stored. */
@NullMarked
package io.plumbline.compliance.directory;

import org.jspecify.annotations.NullMarked;

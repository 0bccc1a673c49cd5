/** The people behind the ids in the ledger: looked up in Keycloak, stored nowhere. */
@NullMarked
package io.plumbline.compliance.directory;

import org.jspecify.annotations.NullMarked;

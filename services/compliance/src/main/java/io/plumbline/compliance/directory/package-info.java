/** Who is behind the pseudonyms of the ledger: asked of Keycloak, kept nowhere. */
@NullMarked
package io.plumbline.compliance.directory;

import org.jspecify.annotations.NullMarked;

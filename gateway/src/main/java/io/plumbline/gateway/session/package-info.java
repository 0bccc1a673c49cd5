/**
 * The browser's session: sign-in by Keycloak, the token that stays here, and the protection of the
 * cookie against foreign pages.
 */
@NullMarked
package io.plumbline.gateway.session;

import org.jspecify.annotations.NullMarked;

/**
 * The browser's session: sign-in by Keycloak, the token that stays here, and what a foreign page
 * cannot do with the cookie.
 */
@NullMarked
package io.plumbline.gateway.session;

import org.jspecify.annotations.NullMarked;

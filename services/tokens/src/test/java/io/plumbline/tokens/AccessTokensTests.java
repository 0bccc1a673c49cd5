package io.plumbline.tokens;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Hostile tokens, and a realm that is unavailable. */
class AccessTokensTests {

  private static final String ISSUER = "http://issuer.test/realms/plumbline";
  private static final RSAKey KEY = rsaKey("known");
  private static final RSAKey NEW_KEY = rsaKey("new");

  private final WireMockServer realm =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
  private final AtomicLong nanoTime = new AtomicLong();
  private final JwtDecoder tokens;

  AccessTokensTests() throws MalformedURLException {
    realm.start();
    URI keys = URI.create(realm.baseUrl()).resolve("/keys");
    tokens =
        AccessTokens.decoder(
            AccessTokens.keysAt(keys, nanoTime::get), ISSUER, "plumbline", InstantSource.system());
  }

  @BeforeEach
  void answerKeys() {
    realm.stubFor(get("/keys").willReturn(okJson(new JWKSet(KEY.toPublicJWK()).toString())));
  }

  @AfterEach
  void stop() {
    realm.stop();
  }

  @Test
  void only_rs256_of_our_issuer_for_our_audience_that_ends_is_believed() throws JOSEException {
    JWTClaimsSet valid = claims().audience(List.of("account", "plumbline")).build();
    assertThat(tokens.decode(signed(valid)).getSubject()).isEqualTo("ada");

    assertRefused(signed(claims().issuer("https://other.test").build()));
    assertRefused(signed(claims().audience("account").build()));
    assertRefused(signed(claims().audience(List.of()).build()));
    assertRefused(signed(claims().expirationTime(null).build()));
    assertRefused(signed(claims().expirationTime(Date.from(Instant.EPOCH)).build()));
    assertRefused(
        signed(claims().notBeforeTime(Date.from(Instant.now().plusSeconds(300))).build()));
    assertRefused(new PlainJWT(valid).serialize());
    // This is the classic forgery: the public key, which everybody has, used as a shared secret.
    assertRefused(
        signed(
            JWSAlgorithm.HS256,
            KEY.getKeyID(),
            valid,
            new MACSigner(KEY.toRSAPublicKey().getEncoded())));
    assertRefused(signed(JWSAlgorithm.RS512, KEY.getKeyID(), valid, new RSASSASigner(KEY)));
  }

  /** Any other exception than that for a wrong token would be answered as an error of ours. */
  @Test
  void a_flood_of_unknown_key_ids_fetches_the_keys_twice_at_most_and_every_one_is_refused()
      throws JOSEException {
    assertUnknownKeysAreRefused();
    assertThat(fetches()).isEqualTo(2);
    assertThat(tokens.decode(signed(claims().build())).getSubject()).isEqualTo("ada");
  }

  @Test
  void a_key_that_is_new_is_found_after_seconds_while_unknown_key_ids_flood() throws JOSEException {
    tokens.decode(signed(claims().build()));
    assertUnknownKeysAreRefused();
    rotateTo(NEW_KEY);
    assertRefused(signedBy(NEW_KEY));

    pass(RealmKeys.UNKNOWN_INTERVAL);
    assertUnknownKeysAreRefused();

    assertThat(tokens.decode(signedBy(NEW_KEY)).getSubject()).isEqualTo("ada");
    assertThat(fetches()).isEqualTo(3);
  }

  @Test
  void no_unknown_key_id_takes_the_turn_of_the_refresh_in_the_background() throws JOSEException {
    tokens.decode(signed(claims().build()));
    pass(RealmKeys.REFRESH_INTERVAL.minusSeconds(1));
    assertUnknownKeysAreRefused();
    rotateTo(KEY, NEW_KEY);
    pass(Duration.ofSeconds(1));

    tokens.decode(signed(claims().build()));

    await()
        .ignoreExceptionsInstanceOf(BadJwtException.class)
        .untilAsserted(
            () -> assertThat(tokens.decode(signedBy(NEW_KEY)).getSubject()).isEqualTo("ada"));
    assertThat(fetches()).isEqualTo(3);
  }

  @Test
  void a_key_that_is_withdrawn_is_not_believed_after_the_next_refresh() throws JOSEException {
    tokens.decode(signed(claims().build()));
    rotateTo(NEW_KEY);
    pass(RealmKeys.REFRESH_INTERVAL);

    await().untilAsserted(() -> assertRefused(signed(claims().build())));
  }

  @Test
  void tokens_of_known_keys_need_no_fetch_however_many_unknown_key_ids_arrive()
      throws JOSEException {
    tokens.decode(signed(claims().build()));
    realm.stubFor(get("/keys").willReturn(serverError()));

    for (int minutes = 0; minutes < 10; minutes++) {
      pass(Duration.ofMinutes(1));
      assertUnknownKeysAreRefused();
      assertThat(tokens.decode(signed(claims().build())).getSubject()).isEqualTo("ada");
    }
  }

  /** An error of ours, and not a wrong token: the caller may try again. */
  @Test
  void without_any_key_no_token_is_called_wrong() throws JOSEException {
    realm.stubFor(get("/keys").willReturn(serverError()));
    String token = signed(claims().build());
    for (int i = 0; i < 5; i++) {
      assertThatExceptionOfType(JwtException.class)
          .isThrownBy(() -> tokens.decode(token))
          .isNotInstanceOf(BadJwtException.class);
    }
    assertThat(fetches()).isEqualTo(1);

    answerKeys();
    pass(Duration.ofSeconds(1));
    assertThat(tokens.decode(token).getSubject()).isEqualTo("ada");
  }

  @Test
  void known_keys_stay_in_use_while_the_realm_is_unavailable() throws JOSEException {
    tokens.decode(signed(claims().build()));
    realm.stubFor(get("/keys").willReturn(serverError()));

    assertThat(tokens.decode(signed(claims().build())).getSubject()).isEqualTo("ada");
  }

  private void assertUnknownKeysAreRefused() throws JOSEException {
    for (int i = 0; i < 50; i++) {
      assertRefused(
          signed(
              JWSAlgorithm.RS256,
              UUID.randomUUID().toString(),
              claims().build(),
              new RSASSASigner(KEY)));
    }
  }

  private void rotateTo(RSAKey... keys) {
    List<JWK> published = Stream.of(keys).<JWK>map(RSAKey::toPublicJWK).toList();
    realm.stubFor(get("/keys").willReturn(okJson(new JWKSet(published).toString())));
  }

  private void pass(Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }

  private int fetches() {
    return realm.findAll(getRequestedFor(urlEqualTo("/keys"))).size();
  }

  private static String signedBy(RSAKey key) throws JOSEException {
    return signed(JWSAlgorithm.RS256, key.getKeyID(), claims().build(), new RSASSASigner(key));
  }

  private void assertRefused(String token) {
    assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> tokens.decode(token));
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("plumbline")
        .subject("ada")
        .jwtID(UUID.randomUUID().toString())
        .expirationTime(Date.from(Instant.now().plusSeconds(300)));
  }

  private static String signed(JWTClaimsSet claims) throws JOSEException {
    return signed(JWSAlgorithm.RS256, KEY.getKeyID(), claims, new RSASSASigner(KEY));
  }

  private static String signed(
      JWSAlgorithm algorithm, String keyId, JWTClaimsSet claims, JWSSigner signer)
      throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(keyId).build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  private static RSAKey rsaKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.plumbline.tokens;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Hostile tokens, and a realm that is unavailable. */
class AccessTokensTests {

  private static final String ISSUER = "http://issuer.test/realms/plumbline";
  private static final RSAKey KEY = rsaKey();

  private final WireMockServer realm =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
  private final JwtDecoder tokens;

  AccessTokensTests() throws MalformedURLException {
    realm.start();
    URI keys = URI.create(realm.baseUrl()).resolve("/keys");
    tokens =
        AccessTokens.decoder(
            AccessTokens.keysAt(keys), ISSUER, "plumbline", InstantSource.system());
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
    for (int i = 0; i < 50; i++) {
      assertRefused(
          signed(
              JWSAlgorithm.RS256,
              UUID.randomUUID().toString(),
              claims().build(),
              new RSASSASigner(KEY)));
    }
    assertThat(realm.findAll(getRequestedFor(urlEqualTo("/keys")))).hasSizeLessThanOrEqualTo(2);
    assertThat(tokens.decode(signed(claims().build())).getSubject()).isEqualTo("ada");
  }

  @Test
  void known_keys_stay_in_use_while_the_realm_is_unavailable() throws JOSEException {
    tokens.decode(signed(claims().build()));
    realm.stubFor(get("/keys").willReturn(serverError()));

    assertThat(tokens.decode(signed(claims().build())).getSubject()).isEqualTo("ada");
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

  private static RSAKey rsaKey() {
    try {
      return new RSAKeyGenerator(2048).keyID("known").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.plumbline.gateway.session;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import com.nimbusds.jwt.SignedJWT;
import io.plumbline.gateway.GatewaySettings;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

/** Hostile tokens, and a realm that is away. */
class TokenCheckTests {

  private static final String ISSUER = "http://issuer.test/realms/plumbline";
  private static final RSAKey KEY = rsaKey();

  private final WireMockServer realm = new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
  private final TokenCheck check;

  TokenCheckTests() throws MalformedURLException {
    realm.start();
    check = newCheck();
  }

  @BeforeEach
  void answerKeys() {
    realm.stubFor(get("/keys").willReturn(okJson(new JWKSet(KEY.toPublicJWK()).toString())));
  }

  @AfterEach
  void stop() {
    realm.stop();
  }

  private TokenCheck newCheck() throws MalformedURLException {
    URI at = URI.create(realm.baseUrl());
    return new TokenCheck(
        new GatewaySettings(
            new GatewaySettings.Security(ISSUER, at.resolve("/keys"), at.resolve("/token"), "gateway", "secret", "plumbline"),
            new GatewaySettings.Gateway("http://127.0.0.1:8080", 100, 300)));
  }

  @Test
  void a_token_is_the_same_the_second_time() throws JOSEException {
    String token = token(KEY.getKeyID(), Instant.now().plusSeconds(300));
    assertThat(decode(token).getSubject()).isEqualTo("ada");
    assertThat(decode(token)).isSameAs(decode(token));
  }

  @Test
  void a_remembered_token_does_not_outlive_its_expiry() throws JOSEException {
    // Within the tolerated skew of a minute it may pass, remembered it is not.
    String token = token(KEY.getKeyID(), Instant.now().minusSeconds(5));
    assertThat(decode(token)).isNotSameAs(decode(token));
    String old = token(KEY.getKeyID(), Instant.now().minusSeconds(120));
    assertThatThrownBy(() -> decode(old)).isInstanceOf(JwtException.class);
  }

  @Test
  void a_flood_of_unknown_key_ids_fetches_the_keys_twice_at_most_and_every_one_is_refused() throws JOSEException {
    for (int i = 0; i < 50; i++) {
      String token = token(UUID.randomUUID().toString(), Instant.now().plusSeconds(300));
      // Any other exception would be answered as a fault of ours.
      assertThatThrownBy(() -> decode(token)).isInstanceOf(BadJwtException.class);
    }
    assertThat(realm.findAll(getRequestedFor(urlEqualTo("/keys")))).hasSizeLessThanOrEqualTo(2);
    assertThat(decode(token(KEY.getKeyID(), Instant.now().plusSeconds(300))).getSubject()).isEqualTo("ada");
  }

  @Test
  void known_keys_go_on_while_the_realm_is_away() throws JOSEException {
    decode(token(KEY.getKeyID(), Instant.now().plusSeconds(300)));
    realm.stubFor(get("/keys").willReturn(serverError()));
    assertThat(decode(token(KEY.getKeyID(), Instant.now().plusSeconds(400))).getSubject()).isEqualTo("ada");
  }

  @Test
  void a_public_key_is_no_shared_secret() throws JOSEException {
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(KEY.getKeyID()).build(), claims(Instant.now().plusSeconds(300)));
    token.sign(new MACSigner(KEY.toRSAPublicKey().getEncoded()));
    assertThatThrownBy(() -> decode(token.serialize())).isInstanceOf(BadJwtException.class);
  }

  private Jwt decode(String token) {
    return check.decode(token).blockOptional().orElseThrow();
  }

  private static String token(String keyId, Instant expiry) throws JOSEException {
    return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), claims(expiry), new RSASSASigner(KEY));
  }

  private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }

  private static JWTClaimsSet claims(Instant expiry) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("plumbline")
        .subject("ada")
        .jwtID(UUID.randomUUID().toString())
        .issueTime(Date.from(Instant.now().minusSeconds(600)))
        .expirationTime(Date.from(expiry))
        .build();
  }

  private static RSAKey rsaKey() {
    try {
      return new RSAKeyGenerator(2048).keyID("known").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}

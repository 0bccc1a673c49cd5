package io.plumbline.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.web.reactive.server.MockServerConfigurer;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A realm with its keys and tokens, and a service, on one port of the loopback interface. */
public final class Realm {

  public static final String ISSUER = "http://issuer.test/realms/plumbline";

  private final RSAKey key = generate();
  private final WireMockServer server = started();
  private volatile Object workspace = "0190a000-0000-7000-8000-000000000001";

  public WireMockServer server() {
    return server;
  }

  public void reset() {
    server.resetAll();
    server.stubFor(any(anyUrl()).willReturn(okJson("{\"served\":true}")));
    server.stubFor(get("/keys").willReturn(okJson(new JWKSet(key.toPublicJWK()).toString())));
  }

  /** Returns a client of a gateway that has this realm behind it. */
  public WebTestClient client(ApplicationContext gateway, MockServerConfigurer... configurers) {
    WebTestClient.MockServerSpec<?> bound = WebTestClient.bindToApplicationContext(gateway);
    for (MockServerConfigurer each : configurers) {
      bound = bound.apply(each);
    }
    return bound.configureClient().responseTimeout(Duration.ofSeconds(20)).build();
  }

  public void settings(DynamicPropertyRegistry registry) {
    registry.add("plumbline.services.prompt-registry.url", server::baseUrl);
    registry.add("plumbline.services.inference.url", server::baseUrl);
    registry.add("plumbline.services.strategy.url", () -> "http://127.0.0.1:1");
    registry.add("plumbline.security.issuer", () -> ISSUER);
    registry.add("plumbline.security.jwk-set-uri", () -> server.baseUrl() + "/keys");
    registry.add("plumbline.security.token-uri", () -> server.baseUrl() + "/token");
    registry.add("plumbline.security.client-secret", () -> "secret");
  }

  /** Lets the people who sign in from now on have a claim {@code workspace}. */
  public void workspace(Object claim) {
    workspace = claim;
  }

  /** Lets the next code be exchanged for the tokens of a person. */
  public void signsIn(String person, String nonce) {
    Instant end = Instant.now().plusSeconds(300);
    String idToken =
        sign(
            claims(person, "gateway", end)
                .claim("preferred_username", person)
                .claim("workspace", workspace)
                .claim("nonce", nonce));
    server.stubFor(
        post("/token")
            .willReturn(
                okJson(
                    """
                    {"access_token": "%s", "token_type": "Bearer", "expires_in": 300, "id_token": "%s"}
                    """
                        .formatted(token("plumbline", end), idToken))));
  }

  /** Returns an access token of ada. */
  public String token(String audience, Instant expiry) {
    return sign(claims("ada", audience, expiry));
  }

  /** Returns a token of ada that names another realm but is signed with the key of this one. */
  public String foreignToken(Instant expiry) {
    return sign(claims("ada", "plumbline", expiry).issuer("http://elsewhere.test"));
  }

  private static JWTClaimsSet.Builder claims(String person, String audience, Instant expiry) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(audience)
        .subject(person)
        .issueTime(Date.from(Instant.now()))
        .expirationTime(Date.from(expiry));
  }

  private String sign(JWTClaimsSet.Builder claims) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
              claims.build());
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RSAKey generate() {
    try {
      return new RSAKeyGenerator(2048).keyID("test").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static WireMockServer started() {
    WireMockServer server =
        new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    return server;
  }
}

package io.plumbline.platform.test;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.plumbline.platform.identity.Role;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Issues tokens as the realm would, with a key that the application under test trusts. */
public final class TestTokenIssuer {

  public static final String ISSUER = "https://issuer.test/realms/plumbline";
  public static final String AUDIENCE = "plumbline";

  private static final RSAKey KEY = generate();

  /**
   * The issued tokens by owner and minute. They are cached because a signature takes longer than
   * most requests.
   */
  private static final Map<List<?>, String> ISSUED = new ConcurrentHashMap<>();

  /** Returns the public half of the key, in the form of the realm's key set. */
  public JWKSet keys() {
    return new JWKSet(KEY.toPublicJWK());
  }

  /**
   * Returns a token of a person.
   *
   * @param name the name and subject of the person
   */
  public String person(String name, UUID workspace, Role... roles) {
    return findOrIssue(
        () -> claims(name, roles).claim("workspace", workspace.toString()).build(),
        name,
        workspace,
        List.of(roles));
  }

  /** Returns the token that the realm issues to the client of a service. */
  public String service(String name) {
    return findOrIssue(() -> claims(name, Role.SERVICE).claim("azp", name).build(), name);
  }

  private String findOrIssue(Supplier<JWTClaimsSet> claims, Object... owner) {
    return ISSUED.computeIfAbsent(
        List.of(Instant.now().truncatedTo(ChronoUnit.MINUTES), List.of(owner)),
        first -> sign(claims.get()));
  }

  /** Signs any claims correctly, for tests of hostile tokens. */
  public String sign(JWTClaimsSet claims) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY.getKeyID()).build(), claims);
      token.sign(new RSASSASigner(KEY));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the claims of a valid token, which a test may alter. */
  public JWTClaimsSet.Builder claims(String name, Role... roles) {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(List.of(AUDIENCE))
        .subject(name)
        .claim("preferred_username", name)
        .claim("roles", Stream.of(roles).map(Role::claim).toList())
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
  }

  private static RSAKey generate() {
    try {
      return new RSAKeyGenerator(2048).keyID("test").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}

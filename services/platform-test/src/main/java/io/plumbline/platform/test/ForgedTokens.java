package io.plumbline.platform.test;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.plumbline.platform.identity.Role;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Creates tokens with the claims of an administrator that the realm has not signed. */
final class ForgedTokens {

  private static final List<String> KEY_IDS =
      List.of(
          "test",
          "unknown",
          "",
          "../../../../dev/null",
          "file:///dev/null",
          "' UNION SELECT 'key' --",
          "test\r\nX-Forged: 1",
          "x".repeat(4_000));

  private ForgedTokens() {}

  /**
   * Returns forged tokens of every kind.
   *
   * @param elsewhere an address that the forger's key could be fetched from
   */
  static List<String> all(TestTokenIssuer realm, String elsewhere) {
    JWTClaimsSet claims =
        realm.claims("ada", Role.ADMIN).claim("workspace", Workspaces.ACME.toString()).build();
    List<String> tokens = new ArrayList<>();
    try {
      RSAKey own = new RSAKeyGenerator(2048).keyID("test").generate();
      for (String id : KEY_IDS) {
        tokens.add(signed(own, header(id).build(), claims));
        tokens.add(signed(own, header(id).jwkURL(URI.create(elsewhere)).build(), claims));
        tokens.add(signed(own, header(id).x509CertURL(URI.create(elsewhere)).build(), claims));
        tokens.add(signed(own, header(id).jwk(own.toPublicJWK()).build(), claims));
      }
      byte[] publicKey = realm.keys().getKeys().getFirst().toRSAKey().toRSAPublicKey().getEncoded();
      String pem =
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder().encodeToString(publicKey)
              + "\n-----END PUBLIC KEY-----\n";
      for (byte[] secret : List.of(publicKey, pem.getBytes(StandardCharsets.UTF_8))) {
        SignedJWT token =
            new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("test").build(), claims);
        token.sign(new MACSigner(secret));
        tokens.add(token.serialize());
      }
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    tokens.add(new PlainJWT(claims).serialize());
    for (String none : List.of("none", "None", "NONE", "nOnE")) {
      tokens.add(encoded("{\"alg\":\"" + none + "\"}") + "." + encoded(claims.toString()) + ".");
    }
    return tokens;
  }

  private static JWSHeader.Builder header(String keyId) {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).keyID(keyId);
  }

  private static String signed(RSAKey key, JWSHeader header, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}

package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends tokens with the claims of an administrator that declare themselves how they are to be
 * checked (RFC 7515, section 4.1), to the gateway and to the port of every service.
 */
@ExtendWith(Platform.class)
@Isolated("It asks as often as one address may.")
class ForgedTokenIT {

  private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger fetches = new AtomicInteger();
  private final KeyPair own = keyPair();
  private String claims = "";
  private JsonNode realmKey = JsonMapper.shared().nullNode();

  @Test
  void none_is_believed_and_nothing_is_fetched() throws Exception {
    String genuine = Platform.user("root").token();
    claims = genuine.split("\\.", -1)[1];
    realmKey = realmKey(new String(decode(genuine.split("\\.", -1)[0]), StandardCharsets.UTF_8));
    List<String> targets = targets();
    HttpServer elsewhere = keyServer();
    elsewhere.start();
    List<String> accepted = new ArrayList<>();
    int sent = 0;
    try {
      String url = "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/keys";
      for (String target : targets) {
        assertThat(status(target, genuine)).as(target).isEqualTo(200);
        for (Map.Entry<String, String> forged : forged(url).entrySet()) {
          sent++;
          int status = status(target, forged.getValue());
          if (status != 401) {
            accepted.add(forged.getKey() + " at " + target + ": " + status);
          }
        }
      }
    } finally {
      elsewhere.stop(0);
    }
    System.out.printf(
        "forged tokens: %d sent to %d addresses, %d not refused, %d fetches%n",
        sent, targets.size(), accepted.size(), fetches.get());
    assertThat(accepted).isEmpty();
    assertThat(fetches).hasValue(0);
  }

  private Map<String, String> forged(String elsewhere) throws GeneralSecurityException {
    Map<String, String> tokens = new LinkedHashMap<>();
    String kid = realmKey.get("kid").asString();
    tokens.put("own key", signed(Map.of("alg", "RS256", "kid", kid)));
    tokens.put("jku", signed(Map.of("alg", "RS256", "kid", kid, "jku", elsewhere)));
    tokens.put("x5u", signed(Map.of("alg", "RS256", "kid", "own", "x5u", elsewhere)));
    tokens.put("jwk", signed(Map.of("alg", "RS256", "kid", kid, "jwk", ownJwk())));
    for (String path : List.of("../../../../dev/null", elsewhere, "' OR '1'='1", "")) {
      tokens.put("kid " + path, signed(Map.of("alg", "RS256", "kid", path, "jku", elsewhere)));
    }
    for (String none : List.of("none", "None", "NONE", "nOnE")) {
      tokens.put(none, header(Map.of("alg", none)) + "." + claims + ".");
    }
    byte[] der = publicKey(realmKey).getEncoded();
    byte[] pem =
        ("-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n")
            .getBytes(StandardCharsets.UTF_8);
    for (byte[] secret : List.of(der, pem)) {
      String content = header(Map.of("alg", "HS256", "kid", kid)) + "." + claims;
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      tokens.put(
          "HS256 with the public key of " + secret.length + " bytes",
          content
              + "."
              + URL_SAFE.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8))));
    }
    return tokens;
  }

  private String signed(Map<String, Object> header) throws GeneralSecurityException {
    String content = header(header) + "." + claims;
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(own.getPrivate());
    signature.update(content.getBytes(StandardCharsets.UTF_8));
    return content + "." + URL_SAFE.encodeToString(signature.sign());
  }

  private static String header(Map<String, ?> header) {
    return URL_SAFE.encodeToString(JsonMapper.shared().writeValueAsBytes(header));
  }

  private Map<String, String> ownJwk() {
    RSAPublicKey key = (RSAPublicKey) own.getPublic();
    return Map.of(
        "kty",
        "RSA",
        "kid",
        "own",
        "n",
        URL_SAFE.encodeToString(key.getModulus().toByteArray()),
        "e",
        URL_SAFE.encodeToString(key.getPublicExponent().toByteArray()));
  }

  private static RSAPublicKey publicKey(JsonNode jwk) throws GeneralSecurityException {
    return (RSAPublicKey)
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new RSAPublicKeySpec(
                    new BigInteger(1, decode(jwk.get("n").asString())),
                    new BigInteger(1, decode(jwk.get("e").asString()))));
  }

  /** Returns the key that the realm signs its tokens with. */
  private JsonNode realmKey(String header) throws IOException, InterruptedException {
    String kid = JsonMapper.shared().readTree(header).get("kid").asString();
    String keys = Platform.access().tokenUri().replaceFirst("/token$", "/certs");
    return JsonMapper.shared()
        .readTree(
            http.send(HttpRequest.newBuilder(URI.create(keys)).build(), BodyHandlers.ofString())
                .body())
        .get("keys")
        .valueStream()
        .filter(key -> key.get("kid").asString().equals(kid))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  /** Returns a route of every service through the gateway, and its description at its own port. */
  private static List<String> targets() {
    List<String> targets = new ArrayList<>();
    for (String service : Api.SERVICES) {
      targets.add(Platform.access().gateway() + "/api/services/" + service + "/openapi");
      targets.add(Platform.address(service) + "/v3/api-docs");
    }
    return targets;
  }

  private int status(String target, String token) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(target))
            .header("Authorization", "Bearer " + token)
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private HttpServer keyServer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          fetches.incrementAndGet();
          byte[] keys = JsonMapper.shared().writeValueAsBytes(Map.of("keys", List.of(ownJwk())));
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    return server;
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }
}

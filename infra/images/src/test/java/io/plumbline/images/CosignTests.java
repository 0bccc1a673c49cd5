package io.plumbline.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.images.Cosign.Predicate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CosignTests {

  private static final BuiltImage IMAGE =
      new BuiltImage("plumbline/gateway", "0.1.0", "sha256:" + "ab".repeat(32));

  @TempDir Path folder;

  @BeforeEach
  void makeKey() throws IOException {
    SigningKey.make(folder);
  }

  @Test
  void the_signature_is_of_the_digest_and_verified_with_the_public_key() throws Exception {
    Path file = folder.resolve("sig.tar");
    cosign().sign(IMAGE, file);
    try (OciArchive archive = new OciArchive(file)) {
      assertThat(archive.name()).isEqualTo("plumbline/gateway:sha256-" + "ab".repeat(32) + ".sig");
      JsonNode layer = layers(archive).get(0);
      byte[] payload = archive.readBlob(layer.path("digest").asString());
      assertThat(new String(payload, StandardCharsets.UTF_8))
          .isEqualTo(
              """
              {"critical":{"identity":{"docker-reference":"plumbline/gateway"},\
              "image":{"docker-manifest-digest":"%s"},\
              "type":"cosign container image signature"},"optional":{}}\
              """
                  .formatted(IMAGE.digest()));
      assertThat(layer.path("mediaType").asString())
          .isEqualTo("application/vnd.dev.cosign.simplesigning.v1+json");
      String signature =
          layer.path("annotations").path("dev.cosignproject.cosign/signature").asString();
      assertThat(isSigned(payload, signature)).isTrue();
    }
  }

  @Test
  void an_attestation_says_something_about_the_digest_and_is_verified() throws Exception {
    Path file = folder.resolve("att.tar");
    cosign().attest(IMAGE, List.of(new Predicate("https://example.com/p", Map.of("a", 1))), file);
    try (OciArchive archive = new OciArchive(file)) {
      assertThat(archive.name()).endsWith(".att");
      JsonNode layer = layers(archive).get(0);
      assertThat(layer.path("annotations").path("predicateType").asString())
          .isEqualTo("https://example.com/p");
      JsonNode envelope =
          JsonMapper.shared().readTree(archive.readBlob(layer.path("digest").asString()));
      byte[] statement = Base64.getDecoder().decode(envelope.path("payload").asString());
      assertThat(new String(statement, StandardCharsets.UTF_8))
          .isEqualTo(
              """
              {"_type":"https://in-toto.io/Statement/v1",\
              "subject":[{"name":"plumbline/gateway","digest":{"sha256":"%s"}}],\
              "predicateType":"https://example.com/p","predicate":{"a":1}}\
              """
                  .formatted("ab".repeat(32)));
      String signature = envelope.path("signatures").get(0).path("sig").asString();
      assertThat(isSigned(Cosign.preAuthenticationEncoding(statement), signature)).isTrue();
    }
  }

  /** The example of the protocol has another type, so only the form is its own. */
  @Test
  void what_is_signed_has_the_form_of_dsse() {
    assertThat(Cosign.preAuthenticationEncoding("héllo".getBytes(StandardCharsets.UTF_8)))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("DSSEv1 28 application/vnd.in-toto+json 6 héllo");
  }

  private Cosign cosign() {
    return new Cosign(SigningKey.read(folder.resolve(SigningKey.PRIVATE_FILE)));
  }

  private static JsonNode layers(OciArchive archive) throws IOException {
    return JsonMapper.shared()
        .readTree(archive.readBlob(archive.manifest().digest()))
        .path("layers");
  }

  private boolean isSigned(byte[] message, String signature)
      throws GeneralSecurityException, IOException {
    String pem =
        Files.readString(folder.resolve(SigningKey.PUBLIC_FILE))
            .replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "");
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem))));
    verifier.update(message);
    return verifier.verify(Base64.getDecoder().decode(signature));
  }
}

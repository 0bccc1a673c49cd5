package io.plumbline.images;

import io.plumbline.images.OciArchive.Descriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signatures and attestations in the formats of cosign 2: images of their own, whose tags name the
 * digest of the signed image. A signature is a layer of "simple signing", an attestation one with
 * an in-toto statement in a DSSE envelope.
 *
 * @see <a href="https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md">Cosign
 *     signature specification</a>
 * @see <a href="https://github.com/secure-systems-lab/dsse/blob/master/protocol.md">DSSE</a>
 */
record Cosign(SigningKey key) {

  private static final String SIGNATURE = "dev.cosignproject.cosign/signature";
  private static final String STATEMENT_TYPE = "application/vnd.in-toto+json";
  private static final JsonMapper JSON = JsonMapper.shared();

  private record Layer(String mediaType, byte[] content, Map<String, String> annotations) {}

  /** A statement about an image, with its type. */
  record Predicate(String type, Object content) {}

  /** Writes the archive with the signature of an image. */
  void sign(BuiltImage image, Path target) throws IOException {
    Map<String, Object> critical = new LinkedHashMap<>();
    critical.put("identity", Map.of("docker-reference", image.repository()));
    critical.put("image", Map.of("docker-manifest-digest", image.digest()));
    critical.put("type", "cosign container image signature");
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("critical", critical);
    payload.put("optional", Map.of());
    byte[] content = JSON.writeValueAsBytes(payload);
    write(
        target,
        image.attachmentName("sig"),
        List.of(
            new Layer(
                "application/vnd.dev.cosign.simplesigning.v1+json",
                content,
                Map.of(SIGNATURE, key.sign(content)))));
  }

  /** Writes the archive with the attestations of an image. */
  void attest(BuiltImage image, List<Predicate> predicates, Path target) throws IOException {
    List<Layer> layers = new ArrayList<>();
    for (Predicate predicate : predicates) {
      Map<String, String> annotations = new LinkedHashMap<>();
      annotations.put(SIGNATURE, "");
      annotations.put("predicateType", predicate.type());
      layers.add(
          new Layer(
              "application/vnd.dsse.envelope.v1+json",
              envelope(statement(image, predicate)),
              annotations));
    }
    write(target, image.attachmentName("att"), layers);
  }

  private static byte[] statement(BuiltImage image, Predicate predicate) {
    Map<String, Object> subject = new LinkedHashMap<>();
    subject.put("name", image.repository());
    subject.put("digest", Map.of("sha256", Digests.hex(image.digest())));
    Map<String, Object> statement = new LinkedHashMap<>();
    statement.put("_type", "https://in-toto.io/Statement/v1");
    statement.put("subject", List.of(subject));
    statement.put("predicateType", predicate.type());
    statement.put("predicate", predicate.content());
    return JSON.writeValueAsBytes(statement);
  }

  private byte[] envelope(byte[] statement) {
    Map<String, Object> signature = new LinkedHashMap<>();
    signature.put("keyid", "");
    signature.put("sig", key.sign(preAuthenticationEncoding(statement)));
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("payloadType", STATEMENT_TYPE);
    envelope.put("payload", Base64.getEncoder().encodeToString(statement));
    envelope.put("signatures", List.of(signature));
    return JSON.writeValueAsBytes(envelope);
  }

  /** Returns what DSSE signs: the type and the payload, each after its length in bytes. */
  static byte[] preAuthenticationEncoding(byte[] payload) {
    ByteArrayOutputStream encoding = new ByteArrayOutputStream();
    encoding.writeBytes(
        "DSSEv1 %d %s %d "
            .formatted(STATEMENT_TYPE.length(), STATEMENT_TYPE, payload.length)
            .getBytes(StandardCharsets.UTF_8));
    encoding.writeBytes(payload);
    return encoding.toByteArray();
  }

  private static void write(Path target, String name, List<Layer> layers) throws IOException {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("architecture", "");
    configuration.put("os", "");
    configuration.put("config", Map.of());
    Map<String, Object> rootfs = new LinkedHashMap<>();
    rootfs.put("type", "layers");
    rootfs.put("diff_ids", layers.stream().map(layer -> Digests.of(layer.content())).toList());
    configuration.put("rootfs", rootfs);
    byte[] config = JSON.writeValueAsBytes(configuration);
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("schemaVersion", 2);
    manifest.put("mediaType", OciArchive.MANIFEST_TYPE);
    manifest.put(
        "config", Descriptor.of("application/vnd.oci.image.config.v1+json", config).json());
    List<Map<String, Object>> described = new ArrayList<>();
    List<byte[]> blobs = new ArrayList<>(List.of(config));
    for (Layer layer : layers) {
      Map<String, Object> json = Descriptor.of(layer.mediaType(), layer.content()).json();
      json.put("annotations", layer.annotations());
      described.add(json);
      blobs.add(layer.content());
    }
    manifest.put("layers", described);
    OciArchive.write(target, name, JSON.writeValueAsBytes(manifest), blobs);
  }
}

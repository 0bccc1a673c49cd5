package io.plumbline.compliance.witness;

import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.contracts.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.function.LongFunction;

/** Asks one witness to cosign heads (C2SP {@code tlog-witness}). */
final class WitnessClient {

  private static final int MAX_ANSWER = 64 * 1024;

  private final URI address;
  private final NoteKey witness;
  private final HttpClient http;
  private final Duration timeout;

  WitnessClient(URI url, NoteKey witness, HttpClient http, Duration timeout) {
    this.address = URI.create(url.toString().replaceFirst("/*$", "") + "/add-checkpoint");
    this.witness = witness;
    this.http = http;
    this.timeout = timeout;
  }

  NoteKey witness() {
    return witness;
  }

  /**
   * Returns the verified cosignature of a head.
   *
   * @param key the key that signed the head
   * @param old the number of entries that the witness is believed to have cosigned last
   * @param proofFrom returns the proof from the tree of a size to that of the head
   * @throws IOException if the witness does not answer, or answers without a cosignature
   */
  SignedNote.Signature cosign(
      SignedHead head, PublicKey key, long old, LongFunction<List<Digest>> proofFrom)
      throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = send(head, key, old, proofFrom);
    if (answer.statusCode() == 409) {
      long known = Checkpoint.parseSize(body(answer).strip());
      if (known > head.treeSize()) {
        throw new IOException(
            "The witness has cosigned a head over %d entries, but this head has only %d"
                .formatted(known, head.treeSize()));
      }
      answer = send(head, key, known, proofFrom);
    }
    String body = body(answer);
    if (answer.statusCode() != 200) {
      throw new IOException(
          "The witness answered with HTTP status %d".formatted(answer.statusCode()));
    }
    String text = text(head);
    return SignedNote.parse(text + "\n" + body).signatures().stream()
        .filter(witness::isNamedBy)
        .filter(line -> witness.verifies(text, line))
        .findFirst()
        .orElseThrow(() -> new IOException("The answer has no valid cosignature of the witness"));
  }

  private HttpResponse<InputStream> send(
      SignedHead head, PublicKey key, long old, LongFunction<List<Digest>> proofFrom)
      throws IOException, InterruptedException {
    StringBuilder body = new StringBuilder("old ").append(old).append('\n');
    if (old > 0) {
      proofFrom
          .apply(old)
          .forEach(
              hash -> body.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n'));
    }
    NoteKey log = new NoteKey(head.origin(), NoteKey.Type.LOG, key);
    SignedNote.Signature signature =
        new SignedNote.Signature(
            log.name(), log.id(), Base64.getDecoder().decode(head.signature()));
    body.append('\n').append(text(head)).append('\n').append(signature.line());
    return http.send(
        HttpRequest.newBuilder(address)
            .timeout(timeout)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  private static String body(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      return new String(body.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
    }
  }

  private static String text(SignedHead head) {
    return new String(head.checkpointBytes(), StandardCharsets.UTF_8);
  }
}

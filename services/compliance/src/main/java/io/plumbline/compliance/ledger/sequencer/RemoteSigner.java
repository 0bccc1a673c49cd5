package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.SignerSettings;
import io.plumbline.compliance.ledger.head.HeadSigning;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.ledger.HeadSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Has heads signed by the signer, which holds the key alone and signs only what continues the last
 * head that it signed. It is opened again after each failure, since a batch may have been rolled
 * back after it was signed: the same batch is then appended again.
 */
final class RemoteSigner implements HeadSigning {

  private final SignerSettings settings;
  private final HttpClient http;
  private final PublicKey key;
  private SignedBatch last;

  private RemoteSigner(SignerSettings settings, HttpClient http, String state) {
    this.settings = settings;
    this.http = http;
    String[] lines = state.split("\n", -1);
    this.key = LedgerKey.publicKey(lines[0]);
    this.last =
        new SignedBatch(
            Long.parseLong(lines[1]),
            Arrays.stream(lines[2].split(" ", -1))
                .filter(each -> !each.isEmpty())
                .map(Long::valueOf)
                .toList());
  }

  /** Reads what the signer signed last. */
  static RemoteSigner open(SignerSettings settings, HttpClient http) {
    return new RemoteSigner(settings, http, send(http, request(settings, "/state").build()));
  }

  private static HttpRequest.Builder request(SignerSettings settings, String path) {
    URI url = Objects.requireNonNull(settings.url());
    return HttpRequest.newBuilder(url.resolve(path))
        .timeout(settings.timeout())
        .header("Authorization", "Bearer " + settings.secret());
  }

  private static String send(HttpClient http, HttpRequest request) {
    try {
      HttpResponse<String> answer =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            "The signer of the ledger refuses, with HTTP status %d: %s"
                .formatted(answer.statusCode(), answer.body().strip()));
      }
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException("The signer of the ledger does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The signer of the ledger was asked by a stopped thread", e);
    }
  }

  PublicKey key() {
    return key;
  }

  @Override
  public String id() {
    return LedgerKey.id(key);
  }

  @Override
  public SignedBatch last() {
    return last;
  }

  @Override
  public SignedHead sign(
      String origin,
      long treeSize,
      Digest root,
      Instant now,
      LongFunction<List<Digest>> proofFrom,
      List<Long> positions) {
    Instant signedAt = now.truncatedTo(ChronoUnit.MILLIS);
    byte[] checkpoint = HeadSignature.checkpointBytes(origin, treeSize, root, signedAt);
    StringBuilder body = new StringBuilder("old ").append(last.treeSize()).append('\n');
    if (last.treeSize() > 0 && last.treeSize() < treeSize) {
      proofFrom
          .apply(last.treeSize())
          .forEach(
              hash -> body.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n'));
    }
    // The head of a batch that is signed again while nothing is appended has the same batch.
    List<Long> batch = treeSize == last.treeSize() ? last.positions() : positions;
    body.append('\n')
        .append(new String(checkpoint, StandardCharsets.UTF_8))
        .append('\n')
        .append(batch.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    String signature =
        send(
                http,
                request(settings, "/sign")
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                    .build())
            .strip();
    if (!HeadSignature.isValid(checkpoint, signature, key)) {
      throw new IllegalStateException("The signer of the ledger gave a signature of another head");
    }
    last = new SignedBatch(treeSize, batch);
    return new SignedHead(treeSize, root, signedAt, signature, id(), origin);
  }
}

package io.plumbline.compliance.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.InMemoryMerkleTree;
import io.plumbline.platform.digest.TreeHasher;
import io.plumbline.platform.digest.TreeProofs;
import io.plumbline.platform.signature.Ed25519;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTests {

  private static final String ORIGIN = "plumbline/ledger/0011223344556677";
  private static final TreeHasher HASHER = new TreeHasher();
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);

  private final KeyPair log = keyPair();
  private final KeyPair own = keyPair();
  private final NoteKey logKey = new NoteKey(ORIGIN, NoteKey.Type.LOG, log.getPublic());
  private final NoteKey ownKey =
      new NoteKey("witness.example/w1", NoteKey.Type.WITNESS, own.getPublic());

  @TempDir Path folder;
  private WitnessStore store;
  private Witness witness;

  @BeforeEach
  void start() throws IOException {
    store = new WitnessStore(folder.resolve("store"));
    witness = new Witness(ownKey, own.getPrivate(), List.of(logKey), store, CLOCK);
  }

  @AfterEach
  void stop() throws IOException {
    store.close();
  }

  private static KeyPair keyPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_log_that_grows_is_cosigned() {
    Witness.Answer first = witness.addCheckpoint(request(0, 5, 0));
    Witness.Answer second = witness.addCheckpoint(request(5, 9, 0));

    assertThat(List.of(first.status(), second.status())).containsExactly(200, 200);
    SignedNote.Signature line = SignedNote.Signature.parse(second.body().strip());
    assertThat(ownKey.isNamedBy(line)).isTrue();
    assertThat(ownKey.verifies(checkpoint(9, 0), line)).isTrue();
    assertThat(ownKey.verifies(checkpoint(5, 0), line)).isFalse();
  }

  @Test
  void a_longer_fork_is_not_cosigned() {
    witness.addCheckpoint(request(0, 100, 0));

    assertThat(witness.addCheckpoint(request(100, 101, 5)).status()).isEqualTo(422);
    assertThat(witness.addCheckpoint(request(100, 100, 5)).status()).isEqualTo(422);
    assertThat(witness.addCheckpoint(request(100, 101, 0)).status()).isEqualTo(200);
  }

  @Test
  void a_client_that_does_not_know_the_size_is_answered_with_it() {
    witness.addCheckpoint(request(0, 5, 0));

    assertThat(witness.addCheckpoint(request(0, 9, 0)))
        .isEqualTo(new Witness.Answer(409, "text/x.tlog.size", "5\n"));
  }

  @Test
  void a_restart_forgets_nothing() throws IOException {
    witness.addCheckpoint(request(0, 5, 0));
    store.close();
    start();

    assertThat(witness.addCheckpoint(request(0, 5, 3)).status()).isEqualTo(409);
    assertThat(witness.addCheckpoint(request(5, 5, 3)).status()).isEqualTo(422);
    assertThat(witness.addCheckpoint(request(5, 5, 0)).status()).isEqualTo(200);
  }

  @Test
  void what_cannot_be_stored_is_not_cosigned() throws IOException {
    store.close();
    Files.delete(folder.resolve("store/lock"));
    Files.delete(folder.resolve("store"));
    Files.createFile(folder.resolve("store"));

    assertThatThrownBy(() -> witness.addCheckpoint(request(0, 5, 0)))
        .hasMessageContaining("cannot be stored");
  }

  @Test
  void an_unknown_log_and_an_unknown_key_are_refused() {
    assertThat(witness.addCheckpoint(request(0, 5, 0).replace(ORIGIN, "other")).status())
        .isEqualTo(404);
    KeyPair other = keyPair();
    NoteKey otherKey = new NoteKey(ORIGIN, NoteKey.Type.LOG, other.getPublic());
    String text = checkpoint(5, 0);
    assertThat(
            witness.addCheckpoint("old 0\n\n" + text + "\n" + sign(text, otherKey, other)).status())
        .isEqualTo(403);
    assertThat(
            witness.addCheckpoint("old 0\n\n" + text + "\n" + sign(text, logKey, other)).status())
        .isEqualTo(403);
    assertThat(
            witness
                .addCheckpoint(
                    "old 0\n\n"
                        + text
                        + "\n"
                        + sign(text, otherKey, other)
                        + sign(text, logKey, log))
                .status())
        .isEqualTo(200);
  }

  @Test
  void a_tree_without_entries_has_its_root() {
    String text = checkpoint(1, 0).replace("\n1\n", "\n0\n");

    assertThat(witness.addCheckpoint("old 0\n\n" + text + "\n" + sign(text, logKey, log)).status())
        .isEqualTo(422);
    assertThat(witness.addCheckpoint(request(0, 0, 0)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "old 0",
        "old 01\n\n",
        "old -1\n\n",
        "new 0\n\n",
        "old 0\nAA==\n\n",
        "old 0\n\nno checkpoint\n\n— a AAAAAAAA\n",
        "old 0\n\na\n5\nAA==\n\n— a AAAAAAAA\n",
        "old 0\n\na\n5\nAA==\n\n— a %\n",
        "old 0\n\na\tb\n5\nAA==\n\n— a AAAAAAAA\n"
      })
  void what_has_another_form_is_refused(String body) {
    assertThat(witness.addCheckpoint(body).status()).isEqualTo(400);
  }

  @Test
  void a_request_has_limits() {
    String hash = Base64.getEncoder().encodeToString(new byte[32]);
    String start = request(0, 5, 0);
    assertThat(
            witness
                .addCheckpoint(start.replaceFirst("\n\n", ("\n" + hash).repeat(64) + "\n\n"))
                .status())
        .isEqualTo(400);
    assertThat(witness.addCheckpoint(start + "— a AAAAAAAA\n".repeat(64)).status()).isEqualTo(400);
    assertThat(witness.addCheckpoint(request(0, 5, 0).replace("old 0", "old 6")).status())
        .isEqualTo(400);
  }

  @Test
  void one_process_at_a_time_uses_a_store() {
    assertThatThrownBy(() -> new WitnessStore(folder.resolve("store")))
        .hasMessageStartingWith("Another process uses");
  }

  /** The key of the checksum database of Go, as it is published with every Go. */
  @Test
  void a_key_of_another_log_is_read() {
    String published = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

    assertThat(NoteKey.parse(published).text()).isEqualTo(published);
    assertThatThrownBy(() -> NoteKey.parse(published.replace("033de0ae", "033de0af")))
        .hasMessageContaining("does not fit");
  }

  @Test
  void it_is_asked_by_http() throws Exception {
    store.close();
    Files.writeString(folder.resolve("witness.key"), base64(own.getPrivate().getEncoded()));
    Files.writeString(folder.resolve("witness.pub"), base64(own.getPublic().getEncoded()));
    Files.writeString(folder.resolve("logs"), logKey.text() + "\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (WitnessServer server =
            WitnessServer.open(
                ownKey.name(), 0, folder, new PrintStream(out, true, StandardCharsets.UTF_8));
        HttpClient http = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + server.port());
      HttpResponse<String> cosigned = post(http, address, request(0, 5, 0));
      String hash = Digest.ofText(ORIGIN).hex();
      HttpResponse<String> stored =
          http.send(
              HttpRequest.newBuilder(address.resolve("/" + hash + "/checkpoint")).build(),
              HttpResponse.BodyHandlers.ofString());

      assertThat(out.toString(StandardCharsets.UTF_8)).contains(ownKey.text());
      assertThat(cosigned.statusCode()).isEqualTo(200);
      assertThat(SignedNote.parse(stored.body()).signatures()).hasSize(2);
      assertThat(stored.body()).startsWith(checkpoint(5, 0)).endsWith(cosigned.body());
      assertThat(post(http, address, "a".repeat(WitnessServer.MAX_BODY + 1)).statusCode())
          .isEqualTo(413);
      assertThat(
              http.send(
                      HttpRequest.newBuilder(address.resolve("/../etc/checkpoint")).build(),
                      HttpResponse.BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(404);
    }
    store = new WitnessStore(folder.resolve("store"));
  }

  private static HttpResponse<String> post(HttpClient http, URI address, String body)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(address.resolve("/add-checkpoint"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Returns a request for a checkpoint of a log whose first entries differ from the genuine. */
  private String request(int from, int to, int rewritten) {
    String proof =
        from == 0 || from == to
            ? ""
            : new TreeProofs(tree(to, rewritten))
                .consistencyProof(from, to).stream()
                    .map(hash -> base64(hash) + "\n")
                    .collect(Collectors.joining());
    String text = checkpoint(to, rewritten);
    return "old " + from + "\n" + proof + "\n" + text + "\n" + sign(text, logKey, log);
  }

  private static String sign(String text, NoteKey name, KeyPair with) {
    return new SignedNote.Signature(
            name.name(),
            name.id(),
            Ed25519.sign(with.getPrivate(), text.getBytes(StandardCharsets.UTF_8)))
        .line();
  }

  private static String checkpoint(int size, int rewritten) {
    return ORIGIN
        + "\n"
        + size
        + "\n"
        + base64(tree(size, rewritten).root())
        + "\n2026-12-01T00:00:00Z\n";
  }

  private static InMemoryMerkleTree tree(int size, int rewritten) {
    return new InMemoryMerkleTree(
        IntStream.range(0, size)
            .mapToObj(i -> (i < rewritten ? "rewritten " : "entry ") + i)
            .map(entry -> HASHER.leaf(entry.getBytes(StandardCharsets.UTF_8)))
            .toList());
  }
}

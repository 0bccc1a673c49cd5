package io.plumbline.compliance.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plumbline.compliance.ledger.Ledger;
import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.platform.digest.TreeHasher;
import io.plumbline.platform.ledger.HeadSignature;
import io.plumbline.platform.signature.Ed25519;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tests the protocol with programs of others: the witness litewitness and the log spicy of the Go
 * module filippo.io/torchwood. They are found in the folder of the system property {@code
 * torchwood.bin} or on the path; without them the tests are skipped.
 */
@Tag("servers")
class ForeignWitnessTests {

  /** The beginning of every Ed25519 key in X.509 form, before its 32 bytes. */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private final List<Process> started = new ArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void stop() throws InterruptedException {
    for (Process each : started) {
      each.destroy();
      each.waitFor();
    }
  }

  @Test
  void a_foreign_witness_cosigns_our_heads() throws Exception {
    LedgerFixture ledger = new LedgerFixture("foreign-witness");
    NoteKey log =
        new NoteKey(
            HeadSignature.FIRST_ORIGIN,
            NoteKey.Type.LOG,
            Ed25519.publicKey(ledger.strings("SELECT public_key FROM ledger_key").getFirst()));
    int port = freePort();
    NoteKey witness = startWitness(log, port);
    Files.writeString(folder.resolve("witnesses"), witness.text() + "\n");
    JdbcTemplate sql = new JdbcTemplate(ledger.dataSource());
    try (HttpClient http = HttpClient.newHttpClient()) {
      Cosigning cosigning =
          new Cosigning(
              List.of(
                  new WitnessClient(
                      URI.create("http://localhost:" + port),
                      witness,
                      http,
                      Duration.ofMinutes(1))),
              new Ledger(sql),
              sql,
              Duration.ofMinutes(3),
              System::nanoTime);

      ledger.fill(1, 10);
      cosigning.run();
      ledger.fill(1, 13, 10);
      cosigning.run();
    }

    assertThat(
            ledger
                .verify("--witnesses", folder.resolve("witnesses").toString(), "--quorum", "1")
                .output())
        .contains("Cosigned by 1 of 1", "witness.example/foreign, over 23 entries");
  }

  @Test
  void our_witness_cosigns_the_checkpoints_of_a_foreign_log() throws Exception {
    NoteKey log = NoteKey.parse(startLog());
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    NoteKey own = new NoteKey("witness.example/ours", NoteKey.Type.WITNESS, pair.getPublic());
    WitnessStore store = new WitnessStore(folder.resolve("store"));
    try (WitnessServer server =
        new WitnessServer(
            new Witness(own, pair.getPrivate(), List.of(log), store, Clock.systemUTC()),
            store,
            0)) {
      append("first");
      assertThat(cosigned(server, own, "old 0\n")).isTrue();
      append("second", "third");
      assertThat(cosigned(server, own, "old 1\n" + leaf("second") + leaf("third"))).isTrue();
      append("fourth");
      assertThat(post(server, "old 3\n" + leaf("another"))).startsWith("422");
    }
  }

  /** Starts a witness that knows one log, and returns its key. */
  private NoteKey startWitness(NoteKey log, int port) throws Exception {
    String litewitness = program("litewitness");
    String control = program("witnessctl");
    String agent = program("ssh-agent");
    String socket = folder.resolve("agent").toString();
    String database = folder.resolve("db").toString();
    run(program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("key") + "");
    start(agent, "-D", "-a", socket);
    await().atMost(Duration.ofSeconds(90)).until(() -> Files.exists(Path.of(socket)));
    run("env", "SSH_AUTH_SOCK=" + socket, program("ssh-add"), "-q", folder.resolve("key") + "");
    String print = run(program("ssh-keygen"), "-l", "-f", folder.resolve("key.pub") + "");
    run(control, "add-log", "-db", database, "-origin", log.name());
    run(control, "add-key", "-db", database, "-origin", log.name(), "-key", log.text());
    start(
        litewitness,
        "-db",
        database,
        "-name",
        "witness.example/foreign",
        "-key",
        print.split(" ", -1)[1],
        "-ssh-agent",
        socket,
        "-listen",
        "localhost:" + port);
    await().atMost(Duration.ofSeconds(90)).until(() -> listens(port));
    return new NoteKey("witness.example/foreign", NoteKey.Type.WITNESS, Ed25519.publicKey(key()));
  }

  /** Returns the public key of the agent in X.509 form, in Base64. */
  private String key() throws IOException {
    byte[] wire =
        Base64.getDecoder().decode(Files.readString(folder.resolve("key.pub")).split(" ", -1)[1]);
    byte[] raw = Arrays.copyOfRange(wire, wire.length - 32, wire.length);
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(X509.length + 32).put(X509).put(raw).array());
  }

  /** Creates a log, and returns its key. */
  private String startLog() throws Exception {
    Files.createDirectories(folder.resolve("log"));
    return run(
            program("spicy"),
            "-init",
            "log.example/foreign",
            "-key",
            folder.resolve("log.key").toString(),
            "-assets",
            folder.resolve("log").toString())
        .lines()
        .filter(line -> line.contains("Public key: "))
        .map(line -> line.substring(line.indexOf(": ") + 2))
        .findFirst()
        .orElseThrow();
  }

  private void append(String... entries) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                program("spicy"),
                "-key",
                folder.resolve("log.key").toString(),
                "-assets",
                folder.resolve("log").toString()));
    for (String entry : entries) {
      command.add(Files.writeString(folder.resolve(entry), entry).toString());
    }
    run(command.toArray(String[]::new));
  }

  private static String leaf(String entry) {
    return Base64.getEncoder().encodeToString(new TreeHasher().leaf(entry.getBytes(UTF_8))) + "\n";
  }

  private boolean cosigned(WitnessServer server, NoteKey own, String proof) throws Exception {
    String answer = post(server, proof);
    assertThat(answer).startsWith("200");
    String text = Files.readString(folder.resolve("log/latest")).split("\n\n", -1)[0] + "\n";
    return SignedNote.parse(text + "\n" + answer.substring(4)).signatures().stream()
        .anyMatch(line -> own.isNamedBy(line) && own.verifies(text, line));
  }

  private String post(WitnessServer server, String proof) throws Exception {
    String body = proof + "\n" + Files.readString(folder.resolve("log/latest"));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + server.port() + "/add-checkpoint"))
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  private static String program(String name) {
    String path =
        System.getProperty("torchwood.bin", "")
            + File.pathSeparator
            + System.getenv().getOrDefault("PATH", "");
    String found =
        Stream.of(path.split(File.pathSeparator, -1))
            .filter(directory -> !directory.isEmpty())
            .map(directory -> Path.of(directory, name))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .findFirst()
            .orElse("");
    assumeTrue(!found.isEmpty(), name + " is not installed");
    return found;
  }

  private void start(String... command) throws IOException {
    started.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log-" + started.size()).toFile())
            .start());
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
    return output;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket("localhost", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}

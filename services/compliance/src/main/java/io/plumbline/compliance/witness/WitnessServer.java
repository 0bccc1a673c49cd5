package io.plumbline.compliance.witness;

import com.sun.net.httpserver.HttpExchange;
import io.plumbline.platform.signature.Ed25519;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a witness apart from the platform, under an account and on a machine that the platform's
 * operator does not control. It needs a key pair, the keys of the logs and a folder, and nothing of
 * the platform.
 */
public final class WitnessServer implements AutoCloseable {

  /** The maximum number of bytes of a request. */
  static final int MAX_BODY = 64 * 1024;

  private static final Pattern CHECKPOINT = Pattern.compile("/([0-9a-f]{64})/checkpoint");

  private static final String USAGE =
      """
      Usage: witness NAME PORT FOLDER
        NAME    the name of the witness, such as witness.example.org/plumbline
        PORT    the port on 127.0.0.1; a proxy in front of it ends TLS
        FOLDER  holds witness.key and witness.pub (Ed25519, PKCS #8 and X.509 in Base64), logs (the keys of the logs,
                one a line, as NAME+ID+KEY), and what the witness stores\
      """;

  private final AnswerServer server;

  WitnessServer(Witness witness, WitnessStore store, int port) throws IOException {
    this.server =
        new AnswerServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            store,
            exchange -> route(witness, exchange));
  }

  public static void main(String... arguments) throws IOException {
    if (arguments.length != 3) {
      System.out.println(USAGE);
      System.exit(2);
    }
    AnswerServer.limitClients(200);
    open(arguments[0], Integer.parseInt(arguments[1]), Path.of(arguments[2]), System.out);
  }

  /** Starts a witness with the files of a folder. */
  static WitnessServer open(String name, int port, Path folder, PrintStream out)
      throws IOException {
    PrivateKey secret = Ed25519.privateKey(Files.readString(folder.resolve("witness.key")));
    PublicKey key = Ed25519.publicKey(Files.readString(folder.resolve("witness.pub")));
    NoteKey own = new NoteKey(name, NoteKey.Type.WITNESS, key);
    List<NoteKey> logs =
        Files.readAllLines(folder.resolve("logs")).stream()
            .filter(line -> !line.isBlank())
            .map(NoteKey::parse)
            .toList();
    WitnessStore store = new WitnessStore(folder.resolve("checkpoints"));
    WitnessServer server =
        new WitnessServer(new Witness(own, secret, logs, store, Clock.systemUTC()), store, port);
    out.println(
        "Cosigning " + logs.size() + " logs on port " + server.port() + " as " + own.text());
    return server;
  }

  int port() {
    return server.port();
  }

  private static Witness.Answer route(Witness witness, HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("POST") && path.equals("/add-checkpoint")) {
      return AnswerServer.answerBody(exchange, MAX_BODY, witness::addCheckpoint);
    }
    Matcher asked = CHECKPOINT.matcher(path);
    if (exchange.getRequestMethod().equals("GET") && asked.matches()) {
      return witness.checkpoint(asked.group(1));
    }
    return Witness.Answer.text(404, "There is no such path\n");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

package io.plumbline.compliance.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.compliance.ledger.head.LedgerKey;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Runs the signer of the ledger in a process of its own, under an account that the platform's
 * services do not have. It needs a folder, and nothing of the platform.
 */
public final class SignerServer implements AutoCloseable {

  /** The maximum number of bytes of a request, which names the messages of a batch. */
  static final int MAX_BODY = 8 * 1024 * 1024;

  private static final String USAGE =
      """
      Usage: signer ADDRESS PORT FOLDER [TLS]
        ADDRESS  the address to listen on, such as 127.0.0.1
        PORT     the port
        FOLDER   holds secret (what compliance must show), the key (ledger-ed25519.key and .pub, created at the first
                 start), and what was signed last
        TLS      a folder with tls.crt and tls.key in PEM; without it, the port is not encrypted\
      """;

  private final AnswerServer server;

  SignerServer(Signer signer, WitnessStore store, String secret, HttpServer server) {
    byte[] expected = ("Bearer " + secret).getBytes(StandardCharsets.UTF_8);
    this.server = new AnswerServer(server, store, exchange -> route(signer, expected, exchange));
  }

  public static void main(String... arguments) throws IOException {
    if (arguments.length != 3 && arguments.length != 4) {
      System.out.println(USAGE);
      System.exit(2);
    }
    AnswerServer.limitClients(50);
    open(
        new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])),
        Path.of(arguments[2]),
        arguments.length == 4 ? Path.of(arguments[3]) : null,
        System.out);
  }

  /**
   * Starts a signer with the files of a folder.
   *
   * @param tls the folder of the certificate that the port is encrypted with; null leaves it plain
   */
  public static SignerServer open(
      InetSocketAddress address, Path folder, @Nullable Path tls, PrintStream out)
      throws IOException {
    String secret = Files.readString(folder.resolve("secret")).strip();
    if (secret.isEmpty()) {
      throw new IllegalStateException(folder.resolve("secret") + " is empty");
    }
    WitnessStore store = new WitnessStore(folder.resolve("signed"));
    if (!LedgerKey.existsIn(folder)) {
      LedgerKey.generate().store(folder);
    }
    LedgerKey key = LedgerKey.load(folder);
    HttpServer http =
        tls == null
            ? HttpServer.create(address, 0)
            : new ServerCertificate(tls, out).createServer(address);
    SignerServer server = new SignerServer(new Signer(key, store), store, secret, http);
    out.println("Signing with key " + key.id() + ": " + key.publicKeyText());
    return server;
  }

  public int port() {
    return server.port();
  }

  private static Witness.Answer route(Signer signer, byte[] expected, HttpExchange exchange)
      throws IOException {
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    if (shown == null || !MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8))) {
      return Witness.Answer.text(401, "The secret of the signer is missing\n");
    }
    String route = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    return switch (route) {
      case "GET /state" -> signer.state();
      case "POST /sign" -> AnswerServer.answerBody(exchange, MAX_BODY, signer::sign);
      default -> Witness.Answer.text(404, "There is no such path\n");
    };
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}

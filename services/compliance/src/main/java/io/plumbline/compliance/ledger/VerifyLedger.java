package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SavedHead;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.compliance.ledger.verification.LedgerVerification;
import io.plumbline.compliance.ledger.verification.VerificationReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies a ledger from outside the platform, with nothing but a connection to its database. Exits
 * with 0 when everything holds, 1 when something was changed, 2 when it could not be verified.
 */
public final class VerifyLedger {

  private static final int INTACT = 0;
  private static final int CHANGED = 1;
  private static final int UNVERIFIED = 2;

  private static final String USAGE =
      """
      Usage: verify-ledger [--head FILE] [--save-head FILE] [--key FILE]
        --head FILE       compare the ledger with a head that was saved earlier, outside its database
        --save-head FILE  save the newest signed head, when everything holds
        --key FILE        trust only this public key instead of those in the database
      PLUMBLINE_LEDGER_URL, PLUMBLINE_LEDGER_USER and PLUMBLINE_LEDGER_PASSWORD name the database.\
      """;

  private static final class UsageException extends Exception {
    UsageException(String message) {
      super(message);
    }
  }

  private record Options(@Nullable Path head, @Nullable Path saveHead, @Nullable Path key) {

    static Options parse(String... arguments) throws UsageException {
      Map<String, Path> given = new HashMap<>();
      for (int i = 0; i < arguments.length; i += 2) {
        if (!arguments[i].matches("--(head|save-head|key)") || i + 1 == arguments.length) {
          throw new UsageException(USAGE);
        }
        given.put(arguments[i], Path.of(arguments[i + 1]));
      }
      return new Options(given.get("--head"), given.get("--save-head"), given.get("--key"));
    }
  }

  private final JsonMapper json = JsonMapper.builder().build();
  private final Map<String, String> environment;
  private final PrintStream out;

  VerifyLedger(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  public static void main(String... arguments) {
    System.exit(
        new VerifyLedger(System.getenv(), new PrintStream(System.out, true, StandardCharsets.UTF_8))
            .run(arguments));
  }

  int run(String... arguments) {
    try {
      Options options = Options.parse(arguments);
      try (Connection connection =
          DriverManager.getConnection(
              environment("PLUMBLINE_LEDGER_URL"),
              environment("PLUMBLINE_LEDGER_USER"),
              environment("PLUMBLINE_LEDGER_PASSWORD"))) {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        return verify(connection, options);
      }
    } catch (UsageException e) {
      out.println(e.getMessage());
    } catch (SQLException e) {
      out.println("The ledger's database cannot be read: " + e.getMessage());
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      out.println("A file cannot be read or written: " + e.getMessage());
    }
    return UNVERIFIED;
  }

  private String environment(String name) throws UsageException {
    String value = environment.get(name);
    if (value == null) {
      throw new UsageException(name + " is not set.\n" + USAGE);
    }
    return value;
  }

  private int verify(Connection connection, Options options) throws SQLException, IOException {
    Map<String, PublicKey> keys =
        options.key() == null ? new SignedHeads(connection).keys() : trusted(options.key());
    SavedHead saved =
        options.head() == null
            ? null
            : json.readValue(Files.readAllBytes(options.head()), SavedHead.class);
    long started = System.nanoTime();
    VerificationReport report = new LedgerVerification(connection, keys, saved).run();
    double seconds = (System.nanoTime() - started) / 1e9;
    out.printf(
        "%,d entries and %,d signed heads checked in %.1f s%n",
        report.entries(), report.heads(), seconds);
    report.findings().forEach(finding -> out.println("CHANGED  " + finding));
    printResult(options, report);
    SignedHead newest = report.newest();
    if (report.holds() && newest != null && options.saveHead() != null) {
      PublicKey key = keys.get(newest.keyId());
      SavedHead kept =
          SavedHead.of(
              newest, key == null ? "" : Base64.getEncoder().encodeToString(key.getEncoded()));
      Files.write(
          options.saveHead(), json.writerWithDefaultPrettyPrinter().writeValueAsBytes(kept));
      out.println(
          "Saved the head over "
              + newest.treeSize()
              + " entries to "
              + options.saveHead()
              + ": keep it outside this database");
    }
    return report.holds() ? INTACT : CHANGED;
  }

  private void printResult(Options options, VerificationReport report) {
    if (!report.holds()) {
      out.println(
          "The ledger was changed after it was signed. First: " + report.findings().getFirst());
      return;
    }
    out.println("Every hash, place, root and signature holds.");
    if (options.head() == null) {
      out.println(
          "Not compared with a head saved elsewhere: anyone who can delete rows and heads together,"
              + " or who has the signing key, could have shortened or rewritten the ledger"
              + " undetected. Use --save-head now and --head next time.");
    }
    if (options.key() == null) {
      out.println(
          "Signatures were checked with the keys in the same database; use --key FILE to trust only"
              + " a key of your own.");
    }
  }

  private static Map<String, PublicKey> trusted(Path file) throws IOException {
    PublicKey key = LedgerKey.publicKey(Files.readString(file));
    return Map.of(LedgerKey.id(key), key);
  }
}

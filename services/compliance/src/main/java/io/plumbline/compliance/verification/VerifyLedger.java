package io.plumbline.compliance.verification;

import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SavedHead;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.compliance.ledger.verification.LedgerVerification;
import io.plumbline.compliance.ledger.verification.Snapshot;
import io.plumbline.compliance.ledger.verification.VerificationReport;
import io.plumbline.compliance.witness.Cosignatures;
import io.plumbline.compliance.witness.NoteKey;
import io.plumbline.contracts.ComplianceEvent.LedgerKeyReplaced;
import io.plumbline.platform.ledger.HeadSignature;
import io.plumbline.platform.signature.VerificationKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies a ledger from outside the platform, with nothing but a connection to its database. Exits
 * with 0 if everything holds, 1 if something was changed, 2 if it could not be verified. Messages
 * that were refused when they were received are listed each time but do not affect the exit code,
 * because the ledger correctly records them as refused.
 */
public final class VerifyLedger {

  private static final int INTACT = 0;
  private static final int CHANGED = 1;
  private static final int UNVERIFIED = 2;

  /** The time within which an event reaches the ledger while the platform runs. */
  private static final Duration PAUSE = Duration.ofSeconds(15);

  private static final String USAGE =
      """
      Usage: verify-ledger [--head FILE] [--resume] [--save-head FILE] [--key FILE] [--author-keys FILE]
                           [--witnesses FILE --quorum N]
        --head FILE       compare the ledger with a head that was saved earlier, outside its database
        --resume          begin behind that head: what it covers was verified when it was saved
        --save-head FILE  save the newest signed head, when everything holds
        --key FILE        trust only these public keys, one a line, and the successors that they name
        --author-keys FILE  verify events with these public keys: lines SERVICE=KEY,KEY
        --witnesses FILE  count the cosignatures of these witnesses: lines NAME+ID+KEY
        --quorum N        fail if fewer than N of them cosigned
      PLUMBLINE_LEDGER_URL, PLUMBLINE_LEDGER_USER and PLUMBLINE_LEDGER_PASSWORD name the database.
      PLUMBLINE_EVIDENCE_URL, with {database} for the name, names those of all services.
      Without --author-keys, PLUMBLINE_EVENTS_KEYS_SERVICE, one for each service, has its keys.\
      """;

  private static final class UsageException extends Exception {
    UsageException(String message) {
      super(message);
    }
  }

  private record Options(
      @Nullable Path head,
      boolean resume,
      @Nullable Path saveHead,
      @Nullable Path key,
      @Nullable Path authorKeys,
      @Nullable Path witnesses,
      int quorum) {

    static Options parse(String... arguments) throws UsageException {
      Map<String, Path> given = new HashMap<>();
      int quorum = 0;
      boolean resume = false;
      for (int i = 0; i < arguments.length; i++) {
        if (arguments[i].equals("--resume")) {
          resume = true;
        } else if (arguments[i].equals("--quorum")
            && i + 1 < arguments.length
            && arguments[i + 1].matches("[1-9][0-9]?")) {
          quorum = Integer.parseInt(arguments[++i]);
        } else if (arguments[i].matches("--(head|save-head|key|author-keys|witnesses)")
            && i + 1 < arguments.length) {
          given.put(arguments[i], Path.of(arguments[++i]));
        } else {
          throw new UsageException(USAGE);
        }
      }
      if (resume && !given.containsKey("--head")) {
        throw new UsageException("--resume needs --head FILE.\n" + USAGE);
      }
      if (given.containsKey("--witnesses") != quorum > 0) {
        throw new UsageException("--witnesses FILE and --quorum N need each other.\n" + USAGE);
      }
      return new Options(
          given.get("--head"),
          resume,
          given.get("--save-head"),
          given.get("--key"),
          given.get("--author-keys"),
          given.get("--witnesses"),
          quorum);
    }
  }

  private final JsonMapper json = JsonMapper.builder().build();
  private final Map<String, String> environment;
  private final PrintStream out;

  public VerifyLedger(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  public static void main(String... arguments) {
    System.exit(
        new VerifyLedger(System.getenv(), new PrintStream(System.out, true, StandardCharsets.UTF_8))
            .run(arguments));
  }

  public int run(String... arguments) {
    try {
      Options options = Options.parse(arguments);
      String url = requireVariable("PLUMBLINE_LEDGER_URL");
      String user = requireVariable("PLUMBLINE_LEDGER_USER");
      String password = requireVariable("PLUMBLINE_LEDGER_PASSWORD");
      Snapshot.Opener ledger = () -> EvidenceDatabases.connect(url, user, password);
      EvidenceDatabases databases =
          new EvidenceDatabases(environment.get("PLUMBLINE_EVIDENCE_URL"), user, password);
      EvidenceComparison comparison =
          new EvidenceComparison(databases, ledger, json, InstantSource.system(), PAUSE);
      try (Snapshot snapshot = new Snapshot(ledger)) {
        return verify(snapshot, options, databases.areConfigured() ? comparison : null);
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

  private String requireVariable(String name) throws UsageException {
    String value = environment.get(name);
    if (value == null) {
      throw new UsageException(name + " is not set.\n" + USAGE);
    }
    return value;
  }

  private int verify(Snapshot snapshot, Options options, @Nullable EvidenceComparison comparison)
      throws SQLException, IOException, UsageException {
    VerificationKeys authors = authorKeys(options);
    Map<String, PublicKey> keys = trustedKeys(snapshot, options);
    SavedHead saved = savedHead(options);
    long started = System.nanoTime();
    VerificationReport report =
        new LedgerVerification(
                snapshot,
                keys,
                saved,
                options.resume(),
                EvidenceChecks.of(snapshot.main(), authors, 0, json))
            .run();
    if (comparison != null) {
      report = report.withFindings(comparison.findings());
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    out.printf(
        "%,d entries and %,d signed heads checked in %.1f s%n",
        report.entries(), report.heads(), seconds);
    report.findings().forEach(finding -> out.println("CHANGED  " + finding));
    report.refused().forEach(finding -> out.println("REFUSED  " + finding));
    printReplacedKeys(snapshot);
    printResult(options, report, comparison != null);
    boolean cosigned = hasQuorum(snapshot, options);
    SignedHead newest = report.newest();
    if (report.hasNoFindings() && newest != null && options.saveHead() != null) {
      PublicKey key = keys.get(newest.keyId());
      SavedHead kept =
          SavedHead.of(newest, key == null ? "" : LedgerKey.publicKeyText(key), report.frontier());
      Files.write(
          options.saveHead(), json.writerWithDefaultPrettyPrinter().writeValueAsBytes(kept));
      out.println(
          "Saved the head over "
              + newest.treeSize()
              + " entries to "
              + options.saveHead()
              + ": keep it outside this database");
    }
    if (!report.hasNoFindings()) {
      return CHANGED;
    }
    return cosigned ? INTACT : UNVERIFIED;
  }

  /** Returns whether as many witnesses as asked cosigned a kept head, and prints which did. */
  private boolean hasQuorum(Snapshot snapshot, Options options) throws SQLException, IOException {
    if (options.witnesses() == null) {
      out.println(
          "Cosigned by 0 of 1 witnesses: no witness is pinned, so two people could have been shown"
              + " two ledgers. Use --witnesses FILE and --quorum N.");
      return true;
    }
    List<NoteKey> witnesses =
        Files.readAllLines(options.witnesses()).stream()
            .filter(line -> !line.isBlank())
            .map(NoteKey::parse)
            .distinct()
            .toList();
    List<Cosignatures.Verified> verified = new Cosignatures(snapshot.main()).verify(witnesses);
    out.printf(
        "Cosigned by %d of %d witnesses, and %d are needed.%n",
        verified.size(), witnesses.size(), options.quorum());
    verified.forEach(
        each -> out.printf("  %s, over %,d entries%n", each.witness(), each.treeSize()));
    return verified.size() >= options.quorum();
  }

  private VerificationKeys authorKeys(Options options) throws IOException, UsageException {
    if (options.authorKeys() == null) {
      return configuredAuthorKeys();
    }
    Properties given = new Properties();
    try (Reader file = Files.newBufferedReader(options.authorKeys())) {
      given.load(file);
    }
    Map<String, List<String>> keys = new HashMap<>();
    for (String service : given.stringPropertyNames()) {
      keys.put(service, List.of(given.getProperty(service).split(",")));
    }
    return VerificationKeys.of(keys);
  }

  /** Returns the keys that the services are configured with, from the same variables. */
  private VerificationKeys configuredAuthorKeys() throws UsageException {
    try {
      return VerificationKeys.of(
          "compliance",
          service -> {
            String name = "PLUMBLINE_EVENTS_KEYS_" + service.toUpperCase(Locale.ROOT);
            String keys =
                Objects.requireNonNullElse(
                    environment.get(name.replace('-', '_')),
                    environment.getOrDefault(name.replace("-", ""), ""));
            return keys.isBlank() ? List.of() : List.of(keys.split(","));
          });
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() + "\n" + USAGE);
    }
  }

  /** Lists all replacements of the signing key, because auditors should know of each. */
  private void printReplacedKeys(Snapshot snapshot) throws SQLException {
    for (LedgerKeyReplaced each : new SignedHeads(snapshot.main()).replacements()) {
      out.println(
          "REPLACED  key "
              + each.formerKeyId()
              + " by key "
              + each.keyId()
              + (each.signature() == null ? ", without its signature" : ", by its signature")
              + (each.statement() == null ? "" : ": " + each.statement()));
    }
  }

  private void printResult(Options options, VerificationReport report, boolean compared) {
    if (report.refusedEntries() > 0) {
      out.printf(
          "%,d entries were refused when they were received, because the service that they name"
              + " did not write them. They had no effect and did not change the ledger.%n",
          report.refusedEntries());
    }
    if (!report.hasNoFindings()) {
      out.println(
          "The ledger was changed after it was signed. First: " + report.findings().getFirst());
      return;
    }
    out.println(
        "Every hash, place, root and signature holds, every other entry was written by the service"
            + " that it names, every offset received is accounted for, and the audit shows what was"
            + " recorded.");
    out.println(
        compared
            ? "The tables with evidence of every service have the rows that follow from the log,"
                + " and the triggers and policies of their migrations."
            : "The tables of the services were not compared with the log: set"
                + " PLUMBLINE_EVIDENCE_URL to compare them.");
    if (options.resume()) {
      out.println("Entries under the saved head were not read again.");
    }
    if (options.head() == null) {
      out.println(
          "Not compared with a head saved elsewhere: anyone who can delete rows and heads together,"
              + " or who has the signing key, could have shortened or rewritten the ledger"
              + " undetected. Use --save-head now and --head next time.");
    }
    if (options.key() == null) {
      out.println(
          "Signatures of heads were checked with keys in the same database; use --key FILE to trust"
              + " only keys of your own.");
    }
  }

  private static Map<String, PublicKey> trustedKeys(Snapshot snapshot, Options options)
      throws SQLException, IOException {
    SignedHeads heads = new SignedHeads(snapshot.main());
    if (options.key() == null) {
      return heads.keys();
    }
    Map<String, PublicKey> trusted = new HashMap<>();
    for (String line : Files.readString(options.key()).strip().split("\\s+", -1)) {
      PublicKey pinned = LedgerKey.publicKey(line);
      trusted.put(LedgerKey.id(pinned), pinned);
    }
    String origin = heads.newest().map(SignedHead::origin).orElse(HeadSignature.FIRST_ORIGIN);
    for (LedgerKeyReplaced each : heads.replacements()) {
      PublicKey former = trusted.get(each.formerKeyId());
      String signature = each.signature();
      if (former != null
          && signature != null
          && HeadSignature.isValid(
              HeadSignature.successionBytes(origin, each.formerKeyId(), each.publicKey()),
              signature,
              former)) {
        PublicKey next = LedgerKey.publicKey(each.publicKey());
        trusted.put(LedgerKey.id(next), next);
      }
    }
    return trusted;
  }

  private @Nullable SavedHead savedHead(Options options) throws IOException {
    if (options.head() == null) {
      return null;
    }
    return json.readValue(Files.readAllBytes(options.head()), SavedHead.class);
  }
}

package io.plumbline.compliance.verification;

import com.fasterxml.jackson.annotation.Nulls;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.platform.ledger.HeadSignature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Verifies the receipt of a request with nothing but the ledger's public key: no database and no
 * network. Exits with 0 if everything holds, 1 if something does not, 2 if it could not be
 * verified.
 */
public final class VerifyReceipt {

  private static final int HOLDS = 0;
  private static final int FLAWED = 1;
  private static final int UNVERIFIED = 2;

  private static final String USAGE =
      """
      Usage: verify-receipt RECEIPT KEY
        RECEIPT  the file that the page of a trace gives
        KEY      the file with the ledger's public key, from elsewhere than the receipt\
      """;

  /** The reader of receipts, which accepts additional fields but no missing or null ones. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
          .build();

  private final PrintStream out;

  public VerifyReceipt(PrintStream out) {
    this.out = out;
  }

  public static void main(String... arguments) {
    System.exit(
        new VerifyReceipt(new PrintStream(System.out, true, StandardCharsets.UTF_8))
            .run(arguments));
  }

  public int run(String... arguments) {
    if (arguments.length != 2) {
      out.println(USAGE);
      return UNVERIFIED;
    }
    try {
      byte[] receipt = Files.readAllBytes(Path.of(arguments[0]));
      PublicKey key = LedgerKey.publicKey(Files.readString(Path.of(arguments[1])));
      ReceiptDocument document =
          JSON.treeToValue(withOrigin(JSON.readTree(receipt)), ReceiptDocument.class);
      return report(document, document.flaws(key, JSON));
    } catch (JacksonException e) {
      out.printf(
          "%s is not the receipt of a request: give the file with receipt, entry, proof and head"
              + " that \"Download the receipt\" saves from the trace's page in the portal.%n",
          arguments[0]);
      return UNVERIFIED;
    } catch (IOException | IllegalArgumentException e) {
      out.println("The receipt or the key cannot be read: " + e.getMessage());
      return UNVERIFIED;
    }
  }

  /** Returns a receipt with the origin of its head, which those of earlier versions do not name. */
  private static JsonNode withOrigin(JsonNode receipt) {
    if (receipt.path("head") instanceof ObjectNode head && !head.has("origin")) {
      head.put("origin", HeadSignature.FIRST_ORIGIN);
    }
    return receipt;
  }

  private int report(ReceiptDocument document, List<String> flaws) {
    if (!flaws.isEmpty()) {
      flaws.forEach(flaw -> out.println("FLAW  " + flaw));
      return FLAWED;
    }
    out.printf(
        "Recorded in ledger entry %,d, under the head over %,d entries, signed %s:%n%s%n",
        document.entry().index(),
        document.head().treeSize(),
        document.head().signedAt(),
        document.receipt().record());
    return HOLDS;
  }
}

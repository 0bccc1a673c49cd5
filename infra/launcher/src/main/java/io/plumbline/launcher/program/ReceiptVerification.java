package io.plumbline.launcher.program;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.LauncherException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the compliance service's verifier of receipts, which needs no database and no network. */
public record ReceiptVerification(Platform platform) {

  static final String VERIFIER = "io.plumbline.compliance.verification.VerifyReceipt";

  /**
   * Verifies a receipt; returns the verifier's exit code.
   *
   * @param key the file with the public key that is trusted; that of the ledger here when absent
   */
  public int run(Path receipt, Optional<Path> key) {
    Path trusted = key.orElseGet(() -> platform.layout().ledgerPublicKey());
    if (!Files.isRegularFile(trusted)) {
      throw new LauncherException(missingKeyMessage(trusted, key.isPresent()));
    }
    // The verifier runs in another folder.
    return new ComplianceProgram(platform, VERIFIER)
        .run(
            List.of(receipt.toAbsolutePath().toString(), trusted.toAbsolutePath().toString()),
            Map.of());
  }

  private static String missingKeyMessage(Path trusted, boolean named) {
    if (named) {
      return "There is no file %s with a public key.".formatted(trusted);
    }
    return "There is no ledger here whose public key could be trusted: name the file with the"
        + " key of the installation that gave the receipt by --key.";
  }
}

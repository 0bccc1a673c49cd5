package io.plumbline.launcher.program;

import io.plumbline.launcher.component.Databases;
import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.Application;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs the compliance service's offline verifier, which needs nothing but the database. */
public record LedgerVerification(Platform platform) {

  static final String VERIFIER = "io.plumbline.compliance.verification.VerifyLedger";

  /** Verifies the ledger; returns the verifier's exit code. */
  public int run(List<String> options) {
    return verify(
        platform.postgres().url(Application.COMPLIANCE.database()),
        Map.of("PLUMBLINE_EVIDENCE_URL", platform.postgres().url("{database}")),
        withPinnedKey(options));
  }

  /** Adds the pinned key, so that heads are not verified with keys of their own database alone. */
  private List<String> withPinnedKey(List<String> options) {
    Path pinned = platform.layout().ledgerPin().keyFile();
    if (options.contains("--key") || !Files.exists(pinned)) {
      return options;
    }
    return Stream.concat(options.stream(), Stream.of("--key", pinned.toString())).toList();
  }

  /** Verifies a scratch copy in which one entry was altered: the exit code must be 1. */
  public int verifyTamperedCopy(List<String> options) {
    return new TamperedCopy(platform.postgres()).verifyCopy(url -> verify(url, Map.of(), options));
  }

  private int verify(String url, Map<String, String> evidence, List<String> options) {
    Map<String, String> environment = new HashMap<>(evidence);
    environment.putAll(platform.secrets().eventVerificationKeys());
    environment.put("PLUMBLINE_LEDGER_URL", url);
    environment.put("PLUMBLINE_LEDGER_USER", Databases.AUDITOR);
    environment.put("PLUMBLINE_LEDGER_PASSWORD", platform.secrets().database(Databases.AUDITOR));
    return new ComplianceProgram(platform, VERIFIER).run(options, environment);
  }
}

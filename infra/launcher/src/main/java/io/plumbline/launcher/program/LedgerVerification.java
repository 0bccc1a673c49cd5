package io.plumbline.launcher.program;

import io.plumbline.launcher.component.ApplicationProcess;
import io.plumbline.launcher.component.Databases;
import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.component.Postgres;
import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Replica;
import java.util.List;
import java.util.Map;

/** Runs the compliance service's offline verifier, which needs nothing but the database. */
public record LedgerVerification(Platform platform) {

  static final String VERIFIER = "io.plumbline.compliance.verification.VerifyLedger";

  /** Verifies the ledger; returns the verifier's exit code. */
  public int run(List<String> options) {
    return verify(Postgres.url(Application.COMPLIANCE.database()), options);
  }

  /** Verifies a scratch copy in which one entry was altered: the exit code must be 1. */
  public int ofTamperedCopy(List<String> options) {
    return new TamperedCopy(platform.postgres()).verified(url -> verify(url, options));
  }

  private int verify(String url, List<String> options) {
    ApplicationProcess compliance =
        platform
            .process(Replica.first(Application.COMPLIANCE))
            .orElseThrow(() ->
                new LauncherException(
                    "The compliance service is not built, so there is no verifier: run"
                        + " `./plumbline up` first."));
    compliance.cache().extract();
    String classPath = compliance.cache().extracted().toString();
    return new ForegroundJvm(platform.layout().root(), classPath, VERIFIER)
        .run(
            options,
            Map.of(
                "PLUMBLINE_LEDGER_URL",
                url,
                "PLUMBLINE_LEDGER_USER",
                Databases.AUDITOR,
                "PLUMBLINE_LEDGER_PASSWORD",
                platform.secrets().database(Databases.AUDITOR)));
  }
}

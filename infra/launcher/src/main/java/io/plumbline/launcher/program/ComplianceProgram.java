package io.plumbline.launcher.program;

import io.plumbline.launcher.component.ApplicationProcess;
import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.LauncherException;
import java.util.List;
import java.util.Map;

/** A verifier in the jar of the compliance service, which runs without the service. */
record ComplianceProgram(Platform platform, String mainClass) {

  /** Runs the verifier to its end, and returns its exit code. */
  int run(List<String> arguments, Map<String, String> environment) {
    ApplicationProcess compliance =
        platform
            .applicationProcess(platform.layout().replica(Application.COMPLIANCE, 1))
            .orElseThrow(() ->
                new LauncherException(
                    "The compliance service is not built, so there is no verifier: run"
                        + " `./plumbline up` first."));
    compliance.cache().extract();
    return new ForegroundJvm(
            platform.layout().root(), compliance.cache().extractedJar().toString(), mainClass)
        .run(arguments, environment);
  }
}

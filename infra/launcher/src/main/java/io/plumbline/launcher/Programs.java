package io.plumbline.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Programs of other modules, run in the foreground as child JVMs; their exit code is the command's.
 */
record Programs(Platform platform) {

  /** Where the demo finds the doors and the people's passwords. */
  static final String ACCESS_VARIABLE = "PLUMBLINE_ACCESS";

  /** Verifies a scratch copy in which one entry was altered: the exit code must be 1. */
  private static final String TAMPERED_COPY = "--tampered-copy";

  int demo(List<String> arguments) {
    return ofModule("infra/demo", "io.plumbline.demo.Demo", arguments);
  }

  int bench(List<String> arguments) {
    return ofModule("infra/bench", "io.plumbline.bench.Bench", arguments);
  }

  /**
   * Checks the ledger with the compliance service's own offline verifier, which needs nothing but
   * the database.
   */
  int verifyLedger(List<String> arguments) {
    ApplicationProcess compliance =
        platform
            .process(Application.COMPLIANCE)
            .orElseThrow(() ->
                new Trouble(
                    "The compliance service is not built, so there is no verifier: run `./plumbline"
                        + " up` first."));
    compliance.cache().extract();
    List<String> options = new ArrayList<>(arguments);
    ToIntFunction<String> verifier =
        url ->
            run(
                compliance.cache().extracted().toString(),
                "io.plumbline.compliance.ledger.VerifyLedger",
                options,
                Map.of(
                    "PLUMBLINE_LEDGER_URL",
                    url,
                    "PLUMBLINE_LEDGER_USER",
                    Databases.AUDITOR,
                    "PLUMBLINE_LEDGER_PASSWORD",
                    platform.secrets().database(Databases.AUDITOR)));
    return options.remove(TAMPERED_COPY)
        ? new TamperedCopy(platform.postgres()).verified(verifier)
        : verifier.applyAsInt(Postgres.url(Application.COMPLIANCE.database()));
  }

  private int ofModule(String module, String mainClass, List<String> arguments) {
    Path target = platform.layout().root().resolve(module).resolve("target");
    if (!Files.isDirectory(target.resolve("classes"))) {
      throw new Trouble(module + " is not built here, so this command has nothing to run.");
    }
    writeAccess();
    return run(
        target.resolve("classes") + ":" + target.resolve("lib") + "/*",
        mainClass,
        arguments,
        Map.of(ACCESS_VARIABLE, platform.layout().access().toString()));
  }

  /** For programs that act as the demo's people. */
  void writeAccess() {
    Secrets.writePrivately(platform.layout().access(), access());
  }

  private Map<String, Object> access() {
    Map<String, String> people = new LinkedHashMap<>();
    Person.values()
        .forEach(person -> people.put(person.name(), platform.secrets().person(person.name())));
    Map<String, Object> access = new LinkedHashMap<>();
    access.put("gateway", "http://127.0.0.1:8080");
    access.put("tokenUri", Keycloak.ISSUER + "/protocol/openid-connect/token");
    access.put("clientId", "cli");
    access.put("people", people);
    return access;
  }

  private int run(
      String classPath, String mainClass, List<String> arguments, Map<String, String> environment) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Jvm.java(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classPath,
                mainClass));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(platform.layout().root().toFile()).inheritIO();
    builder.environment().putAll(environment);
    // What a program calls by ./plumbline is built already: it was started by it.
    builder.environment().put("PLUMBLINE_BUILT", "1");
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new Trouble("Cannot start " + mainClass + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    }
  }
}

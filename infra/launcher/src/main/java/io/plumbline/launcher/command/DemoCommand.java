package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.lifecycle.PlatformStart;
import io.plumbline.launcher.program.ModuleProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = "Start the platform and take two applications to a release, by the public API.",
    footer = {
      "",
      "With PLUMBLINE_DEMO_MODEL=URL#MODEL in the environment, such as",
      "http://127.0.0.1:11434/v1#llama3.2, a language model of your own answers the",
      "questions of help-desk beside its reader: docs/document-assistant.md.",
      "",
      "Started again, it goes on at the first step that is not done, and calls what was",
      "released. PLUMBLINE_DEMO_SIZE=small takes fewer items through every step: for tests."
    })
final class DemoCommand implements Callable<Integer> {

  private static final List<String> APPLICATIONS = List.of("mail-triage", "help-desk");

  private final Supplier<Platform> platform;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write a report to this file.")
  private @Nullable Path json;

  @Option(
      names = "--application",
      paramLabel = "NAME",
      description = "Only mail-triage or only help-desk, then the ledger; both when absent.")
  private @Nullable String application;

  @Option(
      names = "--splits",
      paramLabel = "N",
      description =
          "Instead of the demo, run the prompt and retrieval phases on N other splits of the mail."
              + " Needs an installation in which the demo never ran.")
  private @Nullable Integer splits;

  @Option(
      names = "--access",
      paramLabel = "FILE",
      description =
          "Start nothing, and use an installation elsewhere, whose addresses and people this file"
              + " has: docs/kubernetes.md.")
  private @Nullable Path access;

  DemoCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    if (application != null && !APPLICATIONS.contains(application)) {
      throw new LauncherException(
          "The demo has no application '%s': name %s, or leave out --application for both."
              .formatted(application, String.join(" or ", APPLICATIONS)));
    }
    if (access != null && !Files.isReadable(access)) {
      throw new LauncherException("The access file " + access + " cannot be read.");
    }
    Platform here = platform.get();
    if (access == null) {
      new PlatformStart(here, System.out).run();
    }
    List<String> arguments = new ArrayList<>();
    if (json != null) {
      arguments.addAll(List.of("--json", json.toString()));
    }
    if (application != null) {
      arguments.addAll(List.of("--application", application));
    }
    if (splits != null) {
      arguments.addAll(List.of("--splits", splits.toString()));
    }
    if (access != null) {
      arguments.addAll(List.of("--access", access.toAbsolutePath().toString()));
      return ModuleProgram.demo(here).runAlone(arguments);
    }
    return ModuleProgram.demo(here).run(arguments);
  }
}

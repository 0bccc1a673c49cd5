package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.component.Postgres;
import io.plumbline.launcher.lifecycle.Shutdown;
import io.plumbline.launcher.lifecycle.Startup;
import io.plumbline.launcher.lifecycle.StartupProgressTable;
import io.plumbline.launcher.program.LedgerVerification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "verify-ledger",
    description = {
      "Recompute the ledger from its database and name the first entry that was changed.",
      "Compares audit, approvals and policies with it, and names offsets that were lost.",
      "Computes the tables with evidence of every service from it, and names rows that differ.",
      "Lists the messages that were refused, since the service that they name did not write them.",
      "Exit code 0: nothing was changed; 1: an entry was changed; 2: it could not be verified."
    },
    exitCodeOnExecutionException = 2)
final class VerifyLedgerCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  @Option(
      names = "--head",
      paramLabel = "FILE",
      description = "Compare with a signed head that was saved earlier, outside the database.")
  private @Nullable Path head;

  @Option(
      names = "--resume",
      description = "Begin behind the saved head: what it covers was verified when it was saved.")
  private boolean resume;

  @Option(
      names = "--save-head",
      paramLabel = "FILE",
      description = "Save the newest signed head if nothing was changed.")
  private @Nullable Path saveHead;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "Trust only these public keys, one a line, and the successors that they named; the pinned"
              + " ones if absent.")
  private @Nullable Path key;

  @Option(
      names = "--author-keys",
      paramLabel = "FILE",
      description =
          "Verify events with these public keys (lines SERVICE=KEY,KEY) instead of those of this"
              + " installation.")
  private @Nullable Path authorKeys;

  @Option(
      names = "--witnesses",
      paramLabel = "FILE",
      description = "Count the cosignatures of these witnesses (lines NAME+ID+KEY).")
  private @Nullable Path witnesses;

  @Option(
      names = "--quorum",
      paramLabel = "N",
      description = "Exit with 2 if fewer than N of them cosigned.")
  private @Nullable Integer quorum;

  @Option(
      names = "--tampered-copy",
      description =
          "Verify a scratch copy in which one entry was altered, to see that it is found.")
  private boolean tamperedCopy;

  VerifyLedgerCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    Platform here = platform.get();
    Postgres postgres = here.postgres();
    boolean running = here.table().find(postgres.name()).isPresent();
    if (!running) {
      new Startup(here, new StartupProgressTable(System.err, false, List.of()))
          .bringUpOnly(postgres);
    }
    try {
      LedgerVerification verification = new LedgerVerification(here);
      return tamperedCopy
          ? verification.verifyTamperedCopy(options())
          : verification.run(options());
    } finally {
      if (!running) {
        new Shutdown(here, System.err).stop(List.of(postgres.name()));
      }
    }
  }

  private List<String> options() {
    List<String> options = new ArrayList<>();
    addFileOption(options, "--head", head);
    if (resume) {
      options.add("--resume");
    }
    addFileOption(options, "--save-head", saveHead);
    addFileOption(options, "--key", key);
    addFileOption(options, "--author-keys", authorKeys);
    addFileOption(options, "--witnesses", witnesses);
    if (quorum != null) {
      options.addAll(List.of("--quorum", quorum.toString()));
    }
    return options;
  }

  private static void addFileOption(List<String> options, String name, @Nullable Path file) {
    if (file != null) {
      options.addAll(List.of(name, file.toString()));
    }
  }
}

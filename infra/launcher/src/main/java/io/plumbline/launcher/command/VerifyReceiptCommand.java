package io.plumbline.launcher.command;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.program.ReceiptVerification;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify-receipt",
    description = {
      "Verify the receipt of a request with the ledger's public key alone and show its record.",
      "Asks neither the database nor the network.",
      "Exit code 0: everything holds; 1: something does not; 2: it could not be verified."
    },
    exitCodeOnExecutionException = 2)
final class VerifyReceiptCommand implements Callable<Integer> {

  private final Supplier<Platform> platform;

  @Parameters(paramLabel = "FILE", description = "The file that the page of a trace gives.")
  private @Nullable Path receipt;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description =
          "The ledger's public key, from elsewhere than the receipt; that of this installation"
              + " otherwise.")
  private @Nullable Path key;

  VerifyReceiptCommand(Supplier<Platform> platform) {
    this.platform = platform;
  }

  @Override
  public Integer call() {
    return new ReceiptVerification(platform.get())
        .run(Objects.requireNonNull(receipt), Optional.ofNullable(key));
  }
}

package io.plumbline.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command that pushes a folder of images to a registry, such as one without internet. */
@Command(
    name = "copy",
    description =
        "Push the images of a folder, with signatures and attestations, to a registry. Their"
            + " digests stay the same.")
final class CopyCommand implements Callable<Integer> {

  @Option(
      names = "--from",
      paramLabel = "DIR",
      required = true,
      description = "The folder that `./plumbline images --to` wrote.")
  private @Nullable Path from;

  @Option(
      names = "--to",
      paramLabel = "REGISTRY",
      required = true,
      description = "HOST[:PORT][/PATH]. By HTTPS, except to this machine.")
  private @Nullable String to;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    try (Registry registry = new Registry(RegistryAddress.parse(Objects.requireNonNull(to)))) {
      new ImageFolder(Objects.requireNonNull(from))
          .push(registry, Objects.requireNonNull(spec).commandLine().getOut());
    }
    return ExitCode.OK;
  }
}

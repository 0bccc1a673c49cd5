package io.plumbline.images;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code ./plumbline images}, started in the root of the repository. */
@Command(
    name = "./plumbline images",
    subcommands = CopyCommand.class,
    description = {
      "Build container images of the applications without a daemon, and describe and sign them.",
      "Without --base they stand on a few packages of Debian and a Java that is linked here."
    })
public final class Images implements Callable<Integer> {

  private static final int HELP_WIDTH = 110;
  private static final String LOCAL_BUILDER = "https://plumbline.example/builders/local";

  private final Path root;
  private final String searchPath;

  @Parameters(
      paramLabel = "APPLICATION",
      arity = "0..*",
      description = "What to build; all applications if none is named.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Where the images are written to; ${DEFAULT-VALUE} if absent.")
  private Path to = Path.of("target/images");

  @Option(
      names = "--push",
      paramLabel = "REGISTRY",
      description =
          "Push the images of the folder to HOST[:PORT][/PATH] when they are built. By HTTPS,"
              + " except to this machine.")
  private @Nullable String push;

  @Option(
      names = "--base",
      paramLabel = "IMAGE",
      description = "Build on this image with Java 25, named as NAME@sha256:DIGEST.")
  private @Nullable String base;

  @Option(
      names = "--sign",
      paramLabel = "KEY",
      description = "Sign images, bills of materials and provenance with this private key.")
  private @Nullable Path sign;

  @Option(
      names = "--builder",
      paramLabel = "URI",
      description = "Who vouches for this machine in the provenance; ${DEFAULT-VALUE} if absent.")
  private String builder = LOCAL_BUILDER;

  @Option(
      names = "--make-key",
      paramLabel = "DIR",
      description = "Write a new pair of keys for signatures to this folder, and build nothing.")
  private @Nullable Path makeKey;

  @Spec private @Nullable CommandSpec spec;

  private Images(Path root, String searchPath) {
    this.root = root;
    this.searchPath = searchPath;
  }

  /** Runs the command. Exit code 0: done; 1: failed, with the reason; 2: wrong usage. */
  public static void main(String... arguments) {
    String searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
    System.exit(commandLine(Path.of(""), searchPath).execute(arguments));
  }

  /**
   * Returns the command line.
   *
   * @param root of the source tree
   * @param searchPath where the programs of Debian are looked for
   */
  static CommandLine commandLine(Path root, String searchPath) {
    CommandLine command = new CommandLine(new Images(root, searchPath));
    addHelp(command);
    command.getSubcommands().values().forEach(Images::addHelp);
    return command
        .setUsageHelpWidth(HELP_WIDTH)
        .setParameterExceptionHandler((failure, arguments) -> usageError(failure))
        .setExecutionExceptionHandler((failure, failed, parsed) -> {
          if (failure instanceof LauncherException) {
            failed.getErr().println("plumbline: " + failure.getMessage());
            return ExitCode.SOFTWARE;
          }
          throw failure;
        });
  }

  private static void addHelp(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
  }

  private static int usageError(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    command
        .getErr()
        .println(
            "plumbline: %s; `%s --help` shows the options."
                .formatted(failure.getMessage(), command.getCommandSpec().qualifiedName()));
    return ExitCode.USAGE;
  }

  @Override
  public Integer call() throws IOException {
    if (makeKey != null) {
      SigningKey.make(makeKey);
      out().println("Wrote " + makeKey.resolve(SigningKey.PRIVATE_FILE) + ", and the public key.");
      return ExitCode.OK;
    }
    // Whatever can be refused is refused before the minutes that a build takes.
    Map<String, Path> jars = jars();
    Optional<RegistryAddress> registry = Optional.ofNullable(push).map(RegistryAddress::parse);
    Optional<SigningKey> key = Optional.ofNullable(sign).map(SigningKey::read);
    Optional<PinnedBase> pinned = Optional.ofNullable(base).map(PinnedBase::parse);
    if (pinned.isEmpty()) {
      DebianPackages.requireHere(searchPath);
    }
    ImageFolder target = new ImageFolder(root.resolve(to).toAbsolutePath());
    Files.createDirectories(target.path());
    try (TemporaryFolder work = TemporaryFolder.in(target.path())) {
      BaseImage chosen =
          pinned.isPresent()
              ? pinned.get()
              : LinkedBase.make(Files.createDirectories(work.resolve("base")));
      ImageBuild build =
          new ImageBuild(
              chosen,
              new Provenance(root.toAbsolutePath(), builder, chosen),
              key,
              target,
              work.path(),
              Clock.systemUTC(),
              out());
      for (Map.Entry<String, Path> each : jars.entrySet()) {
        build.build(each.getKey(), each.getValue().toAbsolutePath());
      }
    }
    target.writeDigests();
    if (registry.isPresent()) {
      try (Registry opened = new Registry(registry.get())) {
        target.push(opened, out());
      }
    }
    return ExitCode.OK;
  }

  private PrintWriter out() {
    return Objects.requireNonNull(spec).commandLine().getOut();
  }

  /** Returns the executable jars of the named applications, or of all. */
  private Map<String, Path> jars() {
    List<Application> chosen =
        names.isEmpty() ? Application.values() : names.stream().map(Images::application).toList();
    Layout layout = new Layout(root);
    Map<String, Path> jars = new LinkedHashMap<>();
    for (Application each : chosen) {
      jars.put(
          each.name(),
          layout
              .jar(each)
              .orElseThrow(() ->
                  new LauncherException(
                      "%s is not built: `./mvnw -DskipTests package` builds it."
                          .formatted(each.name()))));
    }
    return jars;
  }

  private static Application application(String name) {
    return Application.named(name)
        .orElseThrow(() ->
            new LauncherException(
                "There is no application '%s'. There are: %s."
                    .formatted(
                        name,
                        Application.values().stream()
                            .map(Application::name)
                            .sorted()
                            .collect(Collectors.joining(", ")))));
  }
}

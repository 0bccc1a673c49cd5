package io.plumbline.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The commands behind {@code ./plumbline}, which also documents them. Exit code 0: done; 1:
 * trouble, told on standard error; 2: not understood.
 */
public final class Launcher {

  private final Platform platform;

  private Launcher(Platform platform) {
    this.platform = platform;
  }

  /** Runs one command. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    try {
      if (arguments.isEmpty()) {
        throw new Trouble("which command? `./plumbline help` lists them.");
      }
      Layout layout = new Layout(Path.of(System.getProperty("plumbline.root", "")));
      return new Launcher(Platform.at(layout))
          .run(arguments.getFirst(), arguments.subList(1, arguments.size()));
    } catch (Trouble trouble) {
      System.err.println("plumbline: " + trouble.getMessage());
      return 1;
    }
  }

  private int run(String command, List<String> arguments) {
    return switch (command) {
      case "up" -> up(flag(arguments, "--foreground"));
      case "down" -> down(arguments);
      case "status" -> new StatusReport(platform, System.out).print() ? 0 : 1;
      case "logs" -> logs(arguments);
      case "people" -> people();
      case "demo" -> {
        bringUp();
        yield new Programs(platform).demo(arguments);
      }
      case "bench" -> new Programs(platform).bench(arguments);
      case "verify-ledger" -> verifyLedger(arguments);
      case Platform.CACHE_MAKER -> {
        new CacheMaker(platform).run();
        yield 0;
      }
      default -> {
        System.err.print(
            "plumbline: there is no command '" + command + "'; `./plumbline help` lists them.\n");
        yield 2;
      }
    };
  }

  private static boolean flag(List<String> arguments, String flag) {
    arguments.stream()
        .filter(argument -> !argument.equals(flag))
        .findFirst()
        .ifPresent(unknown -> {
          throw new Trouble(
              "'" + unknown + "' is not understood here; the only option is " + flag + ".");
        });
    return arguments.contains(flag);
  }

  private int up(boolean foreground) {
    List<String> started = bringUp();
    if (foreground && !started.isEmpty()) {
      new Foreground(platform, System.out).stay(started);
    }
    return 0;
  }

  private List<String> bringUp() {
    List<Component> components = platform.components();
    StatusTable view =
        new StatusTable(
            System.out,
            StatusTable.onTerminal(),
            components.stream().map(Component::name).toList());
    Startup startup = new Startup(platform, view);
    try {
      new InstallationLock(platform.layout().lock())
          .during(() -> {
            startup.run();
            new CacheMaker(platform).startInBackground();
          });
    } catch (Trouble trouble) {
      throw startup.started().isEmpty()
          ? trouble
          : new Trouble(
              trouble.getMessage()
                  + "\n"
                  + "What did start is left running: `./plumbline status` shows it, `./plumbline"
                  + " down` ends it.",
              trouble);
    }
    new Programs(platform).writeAccess();
    greet(startup.started(), view.seconds());
    return startup.started();
  }

  private void greet(List<String> started, double seconds) {
    String what =
        started.isEmpty()
            ? "Already running"
            : String.format(Locale.ROOT, "Ready after %.1f s", seconds);
    System.out.println(
        what
            + ": http://127.0.0.1:8080, sign in as ada, ben, cleo, sam, vera or root (`./plumbline"
            + " people` tells the passwords).");
    if (!platform.notBuilt().isEmpty()) {
      System.out.println(
          "Not built, so not started: " + String.join(", ", platform.notBuilt()) + ".");
    }
  }

  private int down(List<String> names) {
    Shutdown shutdown = new Shutdown(platform, System.out);
    int ended = names.isEmpty() ? shutdown.all() : shutdown.stop(names);
    System.out.println(
        ended == 0
            ? "Nothing was running."
            : "Ended " + ended + (ended == 1 ? " process." : " processes."));
    return 0;
  }

  private int people() {
    System.out.printf("  %-6s %-8s %-26s %s%n", "name", "space", "password", "roles");
    for (Person person : Person.values()) {
      System.out.printf(
          "  %-6s %-8s %-26s %s%n",
          person.name(),
          person.workspace(),
          platform.secrets().person(person.name()),
          person.roles());
    }
    return 0;
  }

  private int verifyLedger(List<String> arguments) {
    Postgres postgres = platform.postgres();
    boolean running = platform.table().find(postgres.name()).isPresent();
    if (!running) {
      new Startup(platform, new StatusTable(System.err, false, List.of())).only(postgres);
    }
    try {
      return new Programs(platform).verifyLedger(arguments);
    } finally {
      if (!running) {
        new Shutdown(platform, System.err).stop(List.of(postgres.name()));
      }
    }
  }

  private int logs(List<String> arguments) {
    boolean follow = arguments.contains("-f");
    List<String> names = arguments.stream().filter(argument -> !argument.equals("-f")).toList();
    List<Path> files =
        names.isEmpty() ? allLogs() : names.stream().map(platform.layout()::log).toList();
    for (Path file : files) {
      if (!Files.exists(file)) {
        throw new Trouble(
            "There is no log "
                + file
                + ". There are: "
                + String.join(
                    ", ",
                    allLogs().stream()
                        .map(log -> String.valueOf(log.getFileName()).replace(".log", ""))
                        .toList())
                + ".");
      }
    }
    List<String> command = new ArrayList<>(List.of("tail", "-n", names.isEmpty() ? "10" : "100"));
    if (follow) {
      command.add("-F");
    }
    files.forEach(file -> command.add(file.toString()));
    try {
      return files.isEmpty() ? 0 : new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new Trouble(
          "Cannot run tail: "
              + e.getMessage()
              + ". The logs are in "
              + platform.layout().logs()
              + ".",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    }
  }

  private List<Path> allLogs() {
    try (Stream<Path> files = Files.list(platform.layout().logs())) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    } catch (IOException e) {
      throw new Trouble("Cannot list " + platform.layout().logs() + ": " + e.getMessage(), e);
    }
  }
}

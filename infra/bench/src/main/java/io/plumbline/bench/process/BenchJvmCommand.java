package io.plumbline.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The commands that start the JVMs of a bench: class paths, and the flags of the platform's
 * applications.
 */
public final class BenchJvmCommand {

  /** The class path of the bare gateway and of what this module needs for itself. */
  public static final String BARE = "infra/bench/target/classes:infra/bench/target/lib/*";

  /** The flags of the applications on the inference path and of those that compute. */
  public static final List<String> OPTIMISED =
      List.of(
          "-Xmx768m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED");

  /** The flags of all other applications. */
  public static final List<String> QUICK =
      Stream.concat(OPTIMISED.stream(), Stream.of("-XX:TieredStopAtLevel=1")).toList();

  private BenchJvmCommand() {}

  /** Returns the class path of the platform, with embedded PostgreSQL and Kafka. */
  public static String serversClassPath() throws IOException {
    return "infra/bench/target/classes:"
        + Files.readString(Path.of("infra/bench/target/servers.classpath")).strip();
  }

  public static List<String> command(
      List<String> flags, String classPath, String mainClass, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(flags);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    return command;
  }
}

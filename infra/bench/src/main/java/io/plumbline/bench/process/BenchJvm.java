package io.plumbline.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Children run with the flags of the platform's applications. */
public final class BenchJvm {

  /** The bare gateway and what this module needs for itself. */
  public static final String BARE = "infra/bench/target/classes:infra/bench/target/lib/*";

  /** As those on the inference path and those that compute. */
  public static final List<String> OPTIMISED =
      List.of(
          "-Xmx768m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "--enable-native-access=ALL-UNNAMED");

  /** As all others. */
  public static final List<String> QUICK =
      Stream.concat(OPTIMISED.stream(), Stream.of("-XX:TieredStopAtLevel=1")).toList();

  private BenchJvm() {}

  /** The platform, with embedded PostgreSQL and Kafka. */
  public static String servers() throws IOException {
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

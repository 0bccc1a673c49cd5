package io.plumbline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Children run with the flags of the platform's hot applications: the optimising compiler, the serial collector. */
public final class Jvm {

  /** The bare gateway and what this module needs for itself. */
  public static final String BARE = "infra/bench/target/classes:infra/bench/target/lib/*";

  private static final List<String> FLAGS =
      List.of("-Xmx768m", "-Xss512k", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "--enable-native-access=ALL-UNNAMED");

  private Jvm() {}

  /** The platform, with embedded PostgreSQL and Kafka. */
  static String servers() throws IOException {
    return "infra/bench/target/classes:" + Files.readString(Path.of("infra/bench/target/servers.classpath")).strip();
  }

  public static List<String> command(String classPath, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    return command;
  }
}

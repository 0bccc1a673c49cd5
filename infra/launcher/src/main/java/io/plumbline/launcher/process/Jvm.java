package io.plumbline.launcher.process;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java that runs this launcher also runs everything it starts. */
public final class Jvm {

  /**
   * Ten times what the JVM would wait for: during a start its optimising compiler takes the cores
   * from the other components that are starting.
   */
  private static final List<String> OPTIMISE_LATE =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  private Jvm() {}

  public static String javaExecutable() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  public static String version() {
    return System.getProperty("java.vm.version");
  }

  /**
   * Flags that an AOT cache depends on must be the same when it is made and when it is used, so
   * they are in one place.
   */
  public static List<String> flags(int heapMegabytes, boolean quickCompilerOnly) {
    List<String> common =
        List.of(
            "-Xms32m",
            "-Xmx" + heapMegabytes + "m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:ReservedCodeCacheSize=96m",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED");
    return Stream.concat(
            common.stream(),
            quickCompilerOnly ? Stream.of("-XX:TieredStopAtLevel=1") : OPTIMISE_LATE.stream())
        .toList();
  }
}

package io.plumbline.platform.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The processor of this machine. It is recorded for information beside what was computed on it; no
 * decision depends on it.
 */
public final class CpuModel {

  /**
   * The instruction sets that make arithmetic differ between processors, by the names that Linux
   * gives them.
   */
  private static final List<String> INSTRUCTION_SETS =
      List.of("avx2", "avx_vnni", "avx512f", "avx512_vnni", "amx_tile", "asimd", "sve");

  private static final String NAME = read(Path.of("/proc/cpuinfo"));

  private CpuModel() {}

  /**
   * Returns the processor's model and instruction sets, such as {@code AMD EPYC (avx2, avx512f)}.
   */
  public static String name() {
    return NAME;
  }

  /** Reads the first processor of a file in the form of Linux's {@code /proc/cpuinfo}. */
  static String read(Path cpuinfo) {
    String architecture = System.getProperty("os.arch", "unknown");
    try {
      List<String> lines = Files.readAllLines(cpuinfo);
      List<String> flags =
          firstValue(lines, "flags")
              .or(() -> firstValue(lines, "Features"))
              .map(text -> Arrays.asList(text.split(" ")))
              .orElse(List.of());
      String sets = String.join(", ", INSTRUCTION_SETS.stream().filter(flags::contains).toList());
      String model = firstValue(lines, "model name").orElse(architecture);
      return sets.isEmpty() ? model : model + " (" + sets + ")";
    } catch (IOException notLinux) {
      return architecture;
    }
  }

  private static Optional<String> firstValue(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }
}

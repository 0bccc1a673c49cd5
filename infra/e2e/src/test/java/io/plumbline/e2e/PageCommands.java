package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The commands of a page of the documentation, which are its blocks of {@code sh}, run as a reader
 * would who copies them one after the other.
 */
final class PageCommands {

  private static final Pattern BLOCK = Pattern.compile("(?s)\n```sh\n(.*?\n)```");
  private static final long MAX_MINUTES = 10;

  private final List<String> blocks;
  private final Path folder;

  /**
   * @param replaced what stands for something of the reader's own, as patterns with what takes its
   *     place
   * @param folder the folder in which they run and may write files
   */
  PageCommands(Path page, Map<String, String> replaced, Path folder) throws IOException {
    String text = Files.readString(page);
    for (Map.Entry<String, String> each : replaced.entrySet()) {
      text = text.replaceAll(each.getKey(), each.getValue());
    }
    this.blocks = BLOCK.matcher(text).results().map(block -> block.group(1)).toList();
    this.folder = folder;
    assertThat(blocks).as(page.toString()).isNotEmpty();
  }

  /**
   * Reads a page, and puts the addresses of the tested platform in place of the usual ones.
   *
   * @param replaced further replacements
   */
  static PageCommands ofPlatform(Path page, Map<String, String> replaced, Path folder)
      throws IOException {
    Map<String, String> all = new LinkedHashMap<>(replaced);
    all.put("http://127\\.0\\.0\\.1:8080", Platform.access().gateway());
    all.put("http://127\\.0\\.0\\.1:8180/\\S+/token", Platform.access().tokenUri());
    return new PageCommands(page, all, folder);
  }

  /** Returns whether this machine has a program that the commands need. */
  static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** Returns all blocks, in their order. */
  String all() {
    return String.join("", blocks);
  }

  /** Returns all blocks before the one that contains this text. */
  String before(String text) {
    return String.join("", blocks.subList(0, indexOf(text)));
  }

  /** Returns the first block that contains this text. */
  String with(String text) {
    return blocks.get(indexOf(text));
  }

  private int indexOf(String text) {
    return blocks.indexOf(
        blocks.stream().filter(block -> block.contains(text)).findFirst().orElseThrow());
  }

  /**
   * Stops at the first command that fails.
   *
   * @param variables the variables that the page asks its reader to set
   * @return the values that variables have in the end
   */
  UnaryOperator<String> run(String script, Map<String, String> variables, List<String> wanted)
      throws IOException, InterruptedException {
    StringBuilder whole = new StringBuilder("set -euo pipefail\n").append(script);
    wanted.forEach(name -> whole.append("echo \"<<%1$s=$%1$s>>\"\n".formatted(name)));
    Path file = Files.writeString(folder.resolve("commands.sh"), whole);
    Path log = folder.resolve("commands.log");
    ProcessBuilder builder =
        new ProcessBuilder("bash", file.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(variables);
    Process process = builder.start();
    if (!process.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    String said = Files.readString(log);
    assertThat(process.exitValue()).as(said).isZero();
    Map<String, String> values =
        Pattern.compile("<<(\\w+)=(.*)>>")
            .matcher(said)
            .results()
            .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    return name -> Objects.requireNonNull(values.get(name), name);
  }
}

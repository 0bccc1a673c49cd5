package io.plumbline.demo.helpdesk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.demo.api.NpmPackage;
import io.plumbline.demo.api.StepFailed;
import io.plumbline.demo.step.DemoSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The pages that npm's package {@code npm} has of its own client: Markdown, Artistic License 2.0,
 * fetched by npm on first use. The page of each command repeats its options from the page of all
 * options. The repetitions, a third of the text, are left out.
 */
final class Documentation {

  private static final String PACKAGE = "npm@11.6.2";

  private static final String COMMANDS = "commands/";

  private static final Pattern OPTIONS =
      Pattern.compile("(?ms)^### Configuration\\n.*?(?=^#{2,3} |\\z)");

  private Documentation() {}

  static String withoutOptions(String page) {
    return OPTIONS.matcher(page).replaceFirst("");
  }

  /** Returns whether the small demo has a page: only those of the commands, half of the text. */
  static boolean isInSmallDemo(String page) {
    return page.startsWith(COMMANDS);
  }

  /**
   * Returns the pages of the demo's size as a zip, each at its path below the folder of the
   * documentation.
   *
   * @param folder where packages are kept
   */
  static byte[] zip(Path folder, DemoSize size) {
    Path content = NpmPackage.unpack(PACKAGE, folder).resolve("docs/content");
    Path pages = size == DemoSize.SMALL ? content.resolve(COMMANDS) : content;
    try (Stream<Path> files = Files.walk(pages)) {
      return zip(content, files.filter(file -> file.toString().endsWith(".md")).sorted().toList());
    } catch (IOException e) {
      throw new StepFailed("The pages in " + content + " cannot be read: " + e.getMessage());
    }
  }

  private static byte[] zip(Path content, List<Path> pages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Path page : pages) {
        ZipEntry entry = new ZipEntry(content.relativize(page).toString().replace('\\', '/'));
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(withoutOptions(Files.readString(page)).getBytes(UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}

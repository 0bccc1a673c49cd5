package io.plumbline.launcher.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.launcher.component.Platform;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher names classes and tables of other modules by text, since it depends on none. */
class ProgramTests {

  private static final Path ROOT = Path.of("../..");

  @TempDir Path elsewhere;

  @Test
  void the_programs_that_it_starts_exist() {
    Platform platform = Platform.at(new Layout(elsewhere));
    for (ModuleProgram program :
        List.of(ModuleProgram.demo(platform), ModuleProgram.bench(platform))) {
      assertThat(source(ROOT.resolve(program.module()), program.mainClass())).isRegularFile();
    }
    for (String verifier : List.of(LedgerVerification.VERIFIER, ReceiptVerification.VERIFIER)) {
      assertThat(source(ROOT.resolve("services/compliance"), verifier)).isRegularFile();
    }
  }

  @Test
  void the_tables_that_it_copies_exist() throws IOException {
    String migrations;
    try (Stream<Path> files =
        Files.walk(ROOT.resolve("services/compliance/src/main/resources/db/migration"))) {
      migrations =
          files.filter(Files::isRegularFile).map(ProgramTests::text).collect(Collectors.joining());
    }
    assertThat(Stream.concat(TamperedCopy.APPEND_ONLY.stream(), TamperedCopy.MUTABLE.stream()))
        .allSatisfy(table -> assertThat(migrations).contains("CREATE TABLE " + table + " ("));
  }

  @Test
  void without_compliance_there_is_no_verifier() throws IOException {
    LedgerVerification verification = new LedgerVerification(Platform.at(new Layout(elsewhere)));
    assertThatThrownBy(() -> verification.run(List.of()))
        .isInstanceOf(LauncherException.class)
        .hasMessageContaining("not built");
    Path key = Files.createFile(elsewhere.resolve("ledger.pub"));
    ReceiptVerification ofReceipt = new ReceiptVerification(verification.platform());
    assertThatThrownBy(() -> ofReceipt.run(Path.of("receipt.json"), Optional.of(key)))
        .isInstanceOf(LauncherException.class)
        .hasMessageContaining("not built");
  }

  private static Path source(Path module, String mainClass) {
    return module.resolve("src/main/java").resolve(mainClass.replace('.', '/') + ".java");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

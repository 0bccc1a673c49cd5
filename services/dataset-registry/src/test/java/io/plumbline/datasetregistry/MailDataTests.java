package io.plumbline.datasetregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.datasetregistry.item.ItemIds;
import io.plumbline.datasetregistry.quality.QualityReportBuilder;
import io.plumbline.datasetregistry.quality.Report;
import io.plumbline.items.Item;
import io.plumbline.sensitivedata.Finding;
import io.plumbline.sensitivedata.Masking;
import io.plumbline.sensitivedata.SensitiveKind;
import io.plumbline.sensitivedata.SensitiveScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests on the real {@link Mails}. They are skipped unless {@code PLUMBLINE_MAIL_DATA} is set. */
class MailDataTests {

  private static final SensitiveScanner SCANNER = new SensitiveScanner("US");

  @TempDir Path directory;

  private List<String> mails = List.of();

  @BeforeEach
  void read() throws IOException {
    String named = System.getenv(Mails.VARIABLE);
    Assumptions.assumeTrue(
        named != null && Files.isDirectory(Path.of(named)),
        Mails.VARIABLE + " does not name the mail data");
    mails = Mails.bodies(Path.of(String.valueOf(named)));
  }

  @Test
  void finds_the_traps_that_are_known_of_these_mails() throws IOException {
    ItemIds ids = new ItemIds();
    try (QualityReportBuilder qualityReportBuilder =
        new QualityReportBuilder(directory, ids, List.of("US"))) {
      for (String mail : mails) {
        List<Finding> found = SCANNER.scan(mail);
        qualityReportBuilder.add(
            Item.ofText(ids.assignNext(mail), mail, null),
            List.of(new QualityReportBuilder.TextFindings("text", mail, found)));
      }
      Report report = qualityReportBuilder.finish().report();
      assertThat(report.rows()).isEqualTo(6_046);
      assertThat(report.duplicates().exact()).isBetween(150L, 400L);
      assertThat(report.duplicates().near()).isBetween(300L, 900L);
      assertThat(report.privacy().findings().get("EMAIL")).isBetween(6_000L, 10_000L);
      assertThat(report.privacy().findings().get("PHONE")).isBetween(300L, 2_000L);
      assertThat(report.privacy().findings().getOrDefault("PAYMENT_CARD", 0L)).isLessThan(3);
    }
  }

  @Test
  void masks_every_address_it_finds() {
    Masking masking = new Masking(EnumSet.allOf(SensitiveKind.class), true);
    for (String mail : mails) {
      String masked = masking.mask(mail, SCANNER.scan(mail));
      assertThat(SCANNER.scan(masked)).noneMatch(finding -> finding.kind() == SensitiveKind.EMAIL);
    }
  }
}

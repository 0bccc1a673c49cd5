package io.plumbline.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GeneratedRowsTests {

  @ParameterizedTest
  @EnumSource(GeneratedRows.Kind.class)
  void each_line_is_json_of_the_same_length_and_no_two_are_equal(GeneratedRows.Kind kind) {
    byte[] made = new GeneratedRows(kind).nextLines(200);

    assertThat(made).hasSize(200 * GeneratedRows.ROW);
    List<String> lines = new String(made, StandardCharsets.US_ASCII).lines().toList();
    assertThat(lines).hasSize(200).doesNotHaveDuplicates();
    assertThat(lines)
        .allSatisfy(line -> {
          assertThat(line).hasSize(GeneratedRows.ROW - 1);
          JsonNode row = JsonMapper.shared().readTree(line);
          assertThat(row.isObject()).isTrue();
        });
  }

  @Test
  void the_heap_is_the_sum_of_its_generations() {
    assertThat(
            PeakMemoryMonitor.sumUsed(
                """
                4711:
                 DefNew     total 69696K, used 1024K [0x00000000f2000000, ...)
                  eden space 61952K,   1% used [...)
                 Tenured    total 154880K, used 2048K [0x00000000f6b80000, ...)
                 Metaspace       used 90123K, committed 91000K, reserved 1130496K
                """))
        .isEqualTo(3_072);
  }

  @Test
  void the_kernel_says_what_is_in_memory() {
    assertThat(
            PeakMemoryMonitor.kilobytes(
                "Name:\tjava\nVmRSS:\t  5000 kB\nRssAnon:\t 4000 kB\n", "RssAnon"))
        .isEqualTo(4_000);
  }
}

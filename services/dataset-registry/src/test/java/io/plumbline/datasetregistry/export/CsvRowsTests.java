package io.plumbline.datasetregistry.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowsTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "=HYPERLINK(\"a\")\n",
        "-"
      })
  void what_a_spreadsheet_would_calculate_begins_with_an_apostrophe(String cell) {
    assertThat(CsvRows.escapeFormula(cell)).isEqualTo("'" + cell);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "'quoted", "-1", "+49", "-1.5", "1=2", "a-b"})
  void everything_else_stays_as_it_is(String cell) {
    assertThat(CsvRows.escapeFormula(cell)).isEqualTo(cell);
  }
}

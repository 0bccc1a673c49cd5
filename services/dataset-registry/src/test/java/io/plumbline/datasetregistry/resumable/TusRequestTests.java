package io.plumbline.datasetregistry.resumable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.platform.problem.Problem;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TusRequestTests {

  @Test
  void a_file_is_what_its_metadata_say() {
    assertThat(file("filename " + base64("mails.csv") + ",filetype " + base64("text/csv")))
        .isEqualTo(new TusRequest.FileProperties(Format.CSV, false));
    assertThat(
            file(
                "filetype "
                    + base64("application/x-ndjson")
                    + ", encoding "
                    + base64("gzip")
                    + ",is_confidential"))
        .isEqualTo(new TusRequest.FileProperties(Format.JSON_LINES, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "filetype",
        "filetype aW1hZ2UvcG5n",
        "filetype !",
        "filetype dGV4dC9jc3Y=,encoding YnI="
      })
  void a_file_of_an_unknown_type_or_encoding_is_refused(String metadata) {
    assertThatExceptionOfType(Problem.class).isThrownBy(() -> file(metadata));
  }

  @Test
  void another_version_of_the_protocol_is_refused_and_none_is_taken_for_this_one() {
    assertThatCode(() -> request(Map.of()).requireVersion()).doesNotThrowAnyException();
    assertThatCode(() -> request(Map.of("Tus-Resumable", "1.0.0")).requireVersion())
        .doesNotThrowAnyException();
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> request(Map.of("Tus-Resumable", "0.2.2")).requireVersion())
        .satisfies(problem -> assertThat(problem.type()).isEqualTo(ResumableProblem.VERSION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1.5", "", "9999999999999999999", "0x10"})
  void what_is_no_number_of_bytes_is_refused(String offset) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> request(Map.of("Upload-Offset", offset)).uploadOffset());
  }

  private static TusRequest.FileProperties file(String metadata) {
    return request(Map.of("Upload-Metadata", metadata)).fileProperties();
  }

  private static TusRequest request(Map<String, String> headers) {
    return new TusRequest(headers::get);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}

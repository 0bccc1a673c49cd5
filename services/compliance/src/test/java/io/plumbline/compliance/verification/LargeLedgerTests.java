package io.plumbline.compliance.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests a ledger that is larger than the memory of the process that verifies it. */
@Tag("servers")
class LargeLedgerTests {

  private static final int BATCHES = 20;
  private static final int BATCH = 8;
  private static final String LARGE = "x".repeat(900_000);

  private final LedgerFixture ledger = new LedgerFixture("large");

  @Test
  void it_is_verified_in_memory_that_does_not_grow_with_it() throws Exception {
    for (int batch = 0; batch < BATCHES; batch++) {
      int first = batch * BATCH;
      ledger.record(
          IntStream.range(first, first + BATCH)
              .mapToObj(number ->
                  LedgerFixture.message(
                      "large-" + number,
                      "io.plumbline.prompt.version-published.v1",
                      "large",
                      "{\"number\":" + number + ",\"text\":\"" + LARGE + "\"}"))
              .toArray(LedgerMessage[]::new));
      ledger.sequence();
    }

    Process verifier = verifier("-Xmx120m");
    String output = new String(verifier.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(verifier.waitFor()).as(output).isZero();
    assertThat(output).contains("160 entries and 20 signed heads checked");
  }

  private Process verifier(String memory) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            memory,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            VerifyLedger.class.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(ledger.environment());
    return builder.start();
  }
}

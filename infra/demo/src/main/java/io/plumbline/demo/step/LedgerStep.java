package io.plumbline.demo.step;

import io.plumbline.demo.api.StepFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A step that shows that everything before it is in the ledger. The ledger verifies offline, and a
 * row altered in a scratch copy is found and named.
 */
public final class LedgerStep implements Step {

  /**
   * The least number of refused actions: each release of the demo has one without a verdict, and an
   * approval by its own author.
   */
  private static final int MIN_REFUSED = 2;

  private record Outcome(int exit, String output) {}

  @Override
  public String title() {
    return "Verify the ledger, then tamper with a scratch copy";
  }

  @Override
  public void run(DemoContext demo) {
    checkRefusals(demo);
    demo.recordChange();
    Outcome whole = runPlumbline("verify-ledger");
    demo.check(whole.exit == 0, "offline: " + lineWith(whole.output, "entries and"));
    demo.put("ledger", lineWith(whole.output, "entries and") + ", verified");
    Outcome tampered = runPlumbline("verify-ledger", "--tampered-copy");
    demo.check(
        tampered.exit == 1,
        "with one row altered in a copy: " + lineWith(tampered.output, "CHANGED"));
  }

  static void checkRefusals(DemoContext demo) {
    JsonNode denied =
        demo.cleo.get("/api/audit?type=action.denied&limit=100").expect(200).json().at("/items");
    demo.check(
        denied.size() >= MIN_REFUSED,
        "the refusals are in the ledger: " + denied.size() + " recent action.denied");
  }

  /** Runs {@code ./plumbline} with these arguments, and returns its exit code and output. */
  private static Outcome runPlumbline(String... arguments) {
    List<String> command = new ArrayList<>(List.of("./plumbline"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (IOException e) {
      throw new StepFailed(
          "./plumbline " + String.join(" ", arguments) + " could not be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StepFailed("The demo was interrupted.");
    }
  }

  /** Returns the first line of an output that has a text. */
  private static String lineWith(String output, String with) {
    return output
        .lines()
        .filter(line -> line.contains(with))
        .findFirst()
        .map(String::strip)
        .orElseThrow(() ->
            new StepFailed(
                "No line of the output of `./plumbline verify-ledger` has '"
                    + with
                    + "'; the output: "
                    + output));
  }
}

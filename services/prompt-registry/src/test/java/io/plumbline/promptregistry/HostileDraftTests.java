package io.plumbline.promptregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Drafts of 100 KB by somebody who may only look, which once took the memory of the process. */
@PlumblineTest
class HostileDraftTests {

  @Autowired TestClient client;

  @ParameterizedTest
  @CsvSource({
    "/api/prompts/render, ZEROS",
    "/api/prompts/lint, ZEROS",
    "/api/prompts/render, ERRORS",
    "/api/prompts/render, PAIRS",
    "/api/prompts/render, NAMES",
    "/api/prompts/lint, EXAMPLES"
  })
  void are_answered_shortly(String path, Draft draft) {
    Answer answer =
        client
            .as("vera", Role.VIEWER)
            .post(path, path.endsWith("/lint") ? draft.draft : draft.withValues());

    assertThat(answer.status()).isIn(200, 422);
    assertThat(answer.body()).hasSizeLessThan(200_000);
  }

  enum Draft {
    /** Subschemas that are no schemas, of which each is several errors. */
    ZEROS(variables("'allOf':[%s]", "0", 49_000), "{}"),

    /** A hundred errors for each item of a value. */
    ERRORS(
        "{'type':'object','properties':{'a':{'items':{'allOf':[%s]}}}}"
            .formatted(many("{'type':'string'}", 100)),
        "{'a':[%s]}".formatted(many("0", 20_000))),

    /** No error, but a look at each of many values for each of many subschemas. */
    PAIRS(
        "{'type':'object','properties':{'a':{'items':{'allOf':[%s]}}}}"
            .formatted(many("{}", 4_000)),
        "{'a':[%s]}".formatted(many("0", 20_000))),

    /** Values of variables that the draft does not have. */
    NAMES(
        "{'type':'object','properties':{%s}}".formatted(numbered("'v%d':{}", 2_000)),
        "{%s}".formatted(numbered("'o%d':0", 8_000))),

    /** Answers of examples that are each held against the response format. */
    EXAMPLES(
        "{'type':'object','properties':{}}",
        "{}",
        """
        'examples':[%s],
        'responseFormat':{'items':{'allOf':[%s]}},
        """
            .formatted(
                many("{'input':'x','output':'[%s]'}".formatted(many("1", 900)), 40),
                many("{'type':'integer'}", 500)));

    private final String draft;
    private final String values;

    Draft(String variables, String values) {
      this(variables, values, "");
    }

    Draft(String variables, String values, String more) {
      this.draft =
          "{%s'messages':[{'role':'user','content':'x'}],'variables':%s}"
              .formatted(more, variables)
              .replace('\'', '"');
      this.values = values.replace('\'', '"');
    }

    private String withValues() {
      return "{\"draft\":%s,\"variables\":%s}".formatted(draft, values);
    }

    private static String variables(String keyword, String item, int count) {
      return "{'type':'object','properties':{},%s}".formatted(keyword.formatted(many(item, count)));
    }

    private static String many(String item, int count) {
      return String.join(",", Collections.nCopies(count, item));
    }

    private static String numbered(String item, int count) {
      return String.join(
          ",", Stream.iterate(0, i -> i + 1).limit(count).map(item::formatted).toList());
    }
  }
}

package io.plumbline.evaluation.scorer;

import static io.plumbline.platform.test.hostile.HostileParts.filled;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.evaluation.answer.ModelMessage.Call;
import io.plumbline.evaluation.answer.Prediction;
import io.plumbline.evaluation.answer.SentenceSplitter;
import io.plumbline.evaluation.output.Output;
import io.plumbline.evaluation.scorer.Scorer.Match;
import io.plumbline.evaluation.scorer.Scorer.Position;
import io.plumbline.items.Expected;
import io.plumbline.items.ToolCall;
import io.plumbline.platform.test.hostile.HostileParts;
import io.plumbline.platform.test.hostile.HostileTexts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hostile answers of models and replies of judges. Each text is scored as an answer and as the
 * arguments of tool calls, by every scorer, and is read as a reply. Those that are as long as an
 * answer may be are read as one too.
 */
public final class HostileAnswers implements HostileTexts.Table {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int TEXT = TextScoring.MAX_CHARACTERS;
  private static final int BODY = Output.MAX_CHARACTERS - 300;

  private final Map<String, HostileTexts.Reading> readings = new LinkedHashMap<>();

  @Override
  public Map<String, HostileTexts.Reading> readings() {
    texts();
    calls();
    bodies();
    return readings;
  }

  private void texts() {
    addText("one letter", filled("a"));
    addText("one space", filled(" "));
    addText("line feeds", filled("\n"));
    addText("random letters", HostileParts.random("ab", TEXT));
    addText("words", filled("a "));
    addText("articles", filled("the "));
    addText("capital letters that become two", filled("\u0130"));
    addText("combining marks", filled("\u0301"));
    addText("letters that become 18 others", filled("\ufdfa"));
    addText("marks of passages", filled("[1]"));
    addText("spaces before marks", filled(" ", TEXT - 3) + "[1]");
    addText("opening brackets", filled("["));
    addText("digits", filled("7"));
    addText("groups of digits", filled("1,111 "));
    addText("signs", filled("-.1e"));
    addText("exponents", filled("1e9"));
    addText("sentences", filled("A. "));
    addText("list marks", filled("- a\n"));
    addText("JSON: empty lists", "{\"a\":[" + filled("[],", TEXT - 20) + "[]]}");
    addText("JSON: small objects", "{\"a\":[" + filled("{\"\":0},", TEXT - 20) + "0]}");
    addText("JSON: opening braces", filled("{\"a\":"));
    addText("JSON: digits", "[" + filled("1,", TEXT - 20) + "1]");
    addText("JSON: different names", names(8_000));
    addText("JSON: one name again and again", "{" + filled("\"a\":0,", TEXT - 20) + "\"a\":0}");
    addText("JSON: numbers", "[" + filled("1e999999999,", TEXT - 20) + "1]");
    addText("JSON: a long number", "{\"a\":{\"b\":" + filled("9", TEXT - 20) + "}}");
  }

  private void addText(String name, String text) {
    readings.put(
        "answer: " + name,
        () -> {
          score(scorers(), expected(), ModelMessage.ofText(text));
          SentenceSplitter.firstSentences(text, 50);
          JudgeReplyResult.of(ModelMessage.ofText(text.substring(0, JudgeReplyResult.LONGEST)));
          Prediction.of(text);
        });
  }

  /** Adds calls of tools, whose arguments together are as long as an answer may be. */
  private void calls() {
    addCalls("empty lists", 1, size -> "{\"a\":[" + filled("[],", size) + "[]]}");
    addCalls("small objects", 1, size -> "{\"a\":[" + filled("{\"\":0},", size) + "0]}");
    addCalls("opening braces", 1, size -> filled("{\"\":", size));
    addCalls("empty lists", 100, size -> "{\"a\":[" + filled("[],", size) + "[]]}");
    addCalls("small objects", 100, size -> "{\"a\":[" + filled("{\"\":0},", size) + "0]}");
    addCalls("digits", 100, size -> "{\"a\":[" + filled("1,", size) + "1]}");
    addCalls("different names", 100, size -> names(size / 12));
  }

  private void addCalls(String name, int count, IntFunction<String> arguments) {
    readings.put(
        "%d calls: %s".formatted(count, name),
        () -> {
          String each = arguments.apply(BODY / count);
          score(
              List.of(Scores.toolCalls(true), Scores.toolCalls(false)),
              // Each expected call is held against each call that was made.
              new Expected(
                  null,
                  null,
                  null,
                  IntStream.range(0, 20).mapToObj(i -> Scores.call("f", "{\"a\":[]}")).toList()),
              new ModelMessage(null, Collections.nCopies(count, new Call("f", each))));
        });
  }

  private void bodies() {
    addBody("empty lists", () -> "{\"x\":[" + filled("[],", BODY) + "[]]}");
    addBody("empty objects", () -> "{\"x\":[" + filled("{},", BODY) + "[]]}");
    addBody("small objects", () -> "{\"x\":[" + filled("{\"\":0},", BODY) + "[]]}");
    addBody("different names", () -> names(70_000));
    addBody("opening brackets", () -> filled("[", BODY));
    addBody(
        "passages",
        () ->
            "{\"choices\":[{\"message\":{\"content\":\"a\"}}],\"plumbline\":{\"passages\":["
                + filled("{},", BODY)
                + "{}]}}");
    addBody(
        "citations",
        () ->
            "{\"choices\":[{\"message\":{\"content\":\"a\",\"annotations\":["
                + filled("{\"passage\":{\"documentId\":\"\"}},", BODY)
                + "{}]}}]}");
    addBody(
        "tool calls",
        () ->
            "{\"choices\":[{\"message\":{\"tool_calls\":["
                + filled("{\"function\":{}},", BODY)
                + "{}]}}]}");
    addBody(
        "a text of JSON",
        () ->
            "{\"choices\":[{\"message\":{\"content\":\"{\\\"a\\\":["
                + filled("[],", BODY)
                + "[]]}\"}}]}");
  }

  private void addBody(String name, Supplier<String> body) {
    readings.put(
        "body: " + name,
        () -> {
          Output output = new Output(body.get());
          output
              .answer(JSON)
              .map(ModelAnswer::message)
              .map(ModelMessage::content)
              .ifPresent(content -> Prediction.of(content));
          output.tokens(JSON, "prompt_tokens");
          output.view(JSON);
          JudgeReplyResult.ofStoredScore(output.body());
        });
  }

  private static void score(List<Scorer> scorers, Expected expected, ModelMessage message) {
    scorers.forEach(scorer -> Scores.score(scorer, expected, message));
  }

  private static List<Scorer> scorers() {
    return List.of(
        Scorer.of(ScorerType.LABEL),
        Scorer.of(ScorerType.EXACT),
        Scorer.of(ScorerType.NORMALISED),
        Scores.contains(Match.ALL, "a".repeat(199) + "b"),
        Scores.regex("(a*)*(a|aa)+b$"),
        Scores.numeric(Position.FIRST, 0.5, 0.1),
        Scores.schema("{\"type\":\"object\",\"additionalProperties\":{\"uniqueItems\":true}}"),
        Scores.fields("/a/b", "/a", "/c/0"),
        Scorer.of(ScorerType.TOKEN_F1),
        Scorer.of(ScorerType.SQUAD_EXACT));
  }

  /** Returns an expectation with as many references, each as long as an answer, as may be. */
  private static Expected expected() {
    List<ToolCall> calls = List.of(Scores.call("refund", "{\"order\": 7}"));
    return new Expected("spam", List.of("{\"a\": {\"b\": 1e3}, \"c\": [1, 2]}", "42"), null, calls);
  }

  private static String names(int count) {
    StringBuilder all = new StringBuilder("{\"x\":0");
    for (int i = 0; i < count; i++) {
      all.append(",\"").append(i).append("\":0");
    }
    return all.append('}').toString();
  }
}

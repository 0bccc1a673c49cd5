package io.plumbline.inference.provider;

import static io.plumbline.platform.test.hostile.HostileParts.filled;

import io.plumbline.inference.abstention.Abstention;
import io.plumbline.inference.abstention.AbstentionField;
import io.plumbline.inference.answer.AnswerCheck;
import io.plumbline.inference.answer.AnswerExtension;
import io.plumbline.inference.answer.AnswerTexts;
import io.plumbline.inference.answer.Citations;
import io.plumbline.inference.answer.StreamAbstentionDetector;
import io.plumbline.inference.answer.StreamedCitations;
import io.plumbline.inference.provider.protocol.Protocol;
import io.plumbline.inference.provider.protocol.StreamTranslation;
import io.plumbline.inference.trace.StreamedAnswer;
import io.plumbline.inference.usage.ProviderTokenCounter;
import io.plumbline.platform.test.hostile.HostileTexts;
import io.plumbline.prompttemplate.content.AnswerSchema;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hostile streams of providers, each with events as long as one may be, or with a million
 * characters of small events. Each is read as it is when it is passed on.
 */
public final class HostileStreams implements HostileTexts.Table {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int EVENT = ServerSentEventParser.MAX_EVENT - 300;

  private static final List<String> PROTOCOLS =
      List.of(Protocol.OPENAI, Protocol.ANTHROPIC, Protocol.GEMINI);

  private static final AnswerSchema SCHEMA =
      AnswerSchema.compile(JSON.readTree("{\"type\":\"object\",\"required\":[\"a\"]}"));

  private final Map<String, HostileTexts.Reading> readings = new LinkedHashMap<>();

  @Override
  public Map<String, HostileTexts.Reading> readings() {
    lines();
    events();
    openAi();
    anthropic();
    gemini();
    answers();
    return readings;
  }

  private void lines() {
    add(Protocol.OPENAI, "data without words", () -> repeated("data:", EVENT));
    add(Protocol.OPENAI, "short lines", () -> repeated("data:a", EVENT / 2));
    add(Protocol.OPENAI, "comments", () -> repeated(":", EVENT));
    add(Protocol.OPENAI, "empty lines", () -> repeated("", EVENT));
    add(Protocol.OPENAI, "unknown fields", () -> Stream.of(filled("a", EVENT)));
    add(
        Protocol.OPENAI,
        "an event without an end",
        () -> repeated("data:" + filled("a", 99), 20_000));
    for (String protocol : PROTOCOLS) {
      String event =
          switch (protocol) {
            case Protocol.OPENAI -> "{\"choices\":[]}";
            case Protocol.ANTHROPIC -> "{\"type\":\"ping\"}";
            default -> "{\"candidates\":[]}";
          };
      add(
          protocol,
          "small events",
          () -> repeated("data:" + event, EVENT / event.length()).flatMap(e -> Stream.of(e, "")));
    }
  }

  /** Adds events that no protocol has, beside and within those that it has. */
  private void events() {
    for (String protocol : PROTOCOLS) {
      addEvent(protocol, "opening brackets", () -> filled("[", EVENT));
      addEvent(protocol, "opening braces", () -> filled("{\"\":", EVENT));
      addEvent(protocol, "a long number", () -> "{\"type\":" + filled("9", EVENT) + "}");
      addEvent(protocol, "a long name", () -> "{\"" + filled("a", EVENT) + "\":1}");
      addEvent(protocol, "empty lists", () -> framed(protocol, filled("[],", EVENT) + "[]"));
      addEvent(protocol, "empty objects", () -> framed(protocol, filled("{},", EVENT) + "{}"));
      addEvent(protocol, "small objects", () -> framed(protocol, filled("{\"\":0},", EVENT) + "0"));
      addEvent(protocol, "digits", () -> framed(protocol, filled("1,", EVENT) + "1"));
      addEvent(protocol, "fractions", () -> framed(protocol, filled("0.1,", EVENT) + "1"));
      addEvent(protocol, "small texts", () -> framed(protocol, filled("\"\",", EVENT) + "1"));
      addEvent(protocol, "different names", () -> framed(protocol, names(75_000)));
      addEvent(
          protocol,
          "objects within each other",
          () ->
              framed(
                  protocol, filled("{\"\":".repeat(90) + "0" + "}".repeat(90) + ",", EVENT) + "0"));
      addEvent(protocol, "escapes", () -> framed(protocol, "\"" + filled("\\u0001", EVENT) + "\""));
    }
  }

  private void openAi() {
    addEvent(
        Protocol.OPENAI,
        "choices that end",
        () ->
            "{\"choices\":["
                + filled("{\"finish_reason\":\"stop\",\"delta\":{}},", EVENT)
                + "{}]}");
    addEvent(
        Protocol.OPENAI,
        "tool calls",
        () ->
            "{\"choices\":[{\"delta\":{\"tool_calls\":["
                + filled("{\"function\":{\"arguments\":\"{\"}},", EVENT)
                + "{}]}}]}");
    addEvent(
        Protocol.OPENAI,
        "annotations",
        () ->
            "{\"choices\":[{\"delta\":{\"annotations\":["
                + filled("{\"passage\":1},", EVENT)
                + "{}]}}]}");
    addEvent(
        Protocol.OPENAI,
        "log probabilities",
        () ->
            "{\"choices\":[{\"delta\":{\"content\":\"a\"},\"logprobs\":{\"content\":["
                + filled("{\"token\":\"a\",\"logprob\":-1,\"bytes\":[97]},", EVENT)
                + "{}]}}]}");
    addEvent(
        Protocol.OPENAI,
        "a long content",
        () -> "{\"choices\":[{\"delta\":{\"content\":\"" + filled("[1]", EVENT) + "\"}}]}");
    addEvent(
        Protocol.OPENAI,
        "a long error",
        () -> "{\"error\":{\"message\":\"" + filled("a", EVENT) + "\"}}");
  }

  private void anthropic() {
    add(
        Protocol.ANTHROPIC,
        "tool calls",
        () ->
            repeated(
                    "data:{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"tool_use\","
                        + "\"input\":{\"a\":1}}}",
                    10_000)
                .flatMap(e -> Stream.of(e, "")));
    addEvent(
        Protocol.ANTHROPIC,
        "arguments of empty lists",
        () ->
            "{\"type\":\"content_block_start\",\"content_block\":{\"type\":\"tool_use\","
                + "\"input\":{\"a\":["
                + filled("[],", EVENT)
                + "[]]}}}");
    addEvent(
        Protocol.ANTHROPIC,
        "counts",
        () ->
            "{\"type\":\"message_delta\",\"usage\":{\"output_tokens_details\":["
                + filled("[],", EVENT)
                + "[]]}}");
    addEvent(
        Protocol.ANTHROPIC,
        "details of a stop",
        () ->
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"refusal\",\"stop_details\":["
                + filled("[],", EVENT)
                + "[]]}}");
  }

  private void gemini() {
    addEvent(
        Protocol.GEMINI, "parts of text", () -> parts(filled("{\"text\":\"a\"},", EVENT) + "{}"));
    addEvent(
        Protocol.GEMINI,
        "calls of functions",
        () -> parts(filled("{\"functionCall\":{}},", EVENT) + "{}"));
    addEvent(
        Protocol.GEMINI,
        "arguments of empty lists",
        () -> parts("{\"functionCall\":{\"args\":{\"a\":[" + filled("[],", EVENT) + "[]]}}}"));
    addEvent(
        Protocol.GEMINI,
        "candidates that end",
        () ->
            "{\"candidates\":["
                + filled("{\"finishReason\":\"STOP\"},", EVENT)
                + "{}],\"modelVersion\":\"m\"}");
    addEvent(
        Protocol.GEMINI,
        "log probabilities",
        () ->
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"logprobsResult\":{"
                + "\"chosenCandidates\":["
                + filled("{},", EVENT)
                + "{}]}}]}");
  }

  /** Adds answers that are whole texts, in as many events as it takes. */
  private void answers() {
    addAnswer("empty lists", () -> filled("[],", EVENT));
    addAnswer("empty objects", () -> filled("{},", EVENT));
    addAnswer("small objects", () -> filled("{\\\"\\\":0},", EVENT));
    addAnswer("marks of passages", () -> filled("[1]", EVENT));
    addAnswer("opening brackets", () -> filled("[", EVENT));
  }

  private void addAnswer(String name, Supplier<String> content) {
    add(
        Protocol.OPENAI,
        "an answer of " + name,
        () -> {
          String text = content.get();
          String all = "{\\\"a\\\":[" + text.substring(0, text.lastIndexOf(',') + 1) + "0]}";
          return Stream.of(all)
              .map(said -> "data:{\"choices\":[{\"delta\":{\"content\":\"" + said + "\"},")
              .map(event -> event + "\"finish_reason\":\"stop\"}]}")
              .flatMap(event -> Stream.of(event, "", "data:[DONE]", ""));
        });
  }

  private static String names(int count) {
    StringBuilder all = new StringBuilder("{\"x\":0");
    for (int i = 0; i < count; i++) {
      all.append(",\"").append(i).append("\":0");
    }
    return all.append('}').toString();
  }

  private static String parts(String parts) {
    return "{\"candidates\":[{\"content\":{\"parts\":[" + parts + "]}}],\"modelVersion\":\"m\"}";
  }

  /** Returns an event of a protocol that has further values besides. */
  private static String framed(String protocol, String values) {
    String frame =
        switch (protocol) {
          case Protocol.OPENAI -> "\"choices\":[{\"delta\":{\"content\":\"a\"}}]";
          case Protocol.ANTHROPIC ->
              "\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}";
          default -> "\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]";
        };
    return "{" + frame + ",\"x\":[" + values + "]}";
  }

  private static Stream<String> repeated(String line, int count) {
    return Stream.generate(() -> line).limit(count);
  }

  private void addEvent(String protocol, String name, Supplier<String> event) {
    add(
        protocol,
        name,
        () -> {
          String data = event.get();
          return Stream.of("data:" + data, "");
        });
  }

  private void add(String protocol, String name, Supplier<Stream<String>> lines) {
    readings.put("stream (%s): %s".formatted(protocol, name), () -> read(protocol, lines.get()));
  }

  private static void read(String protocol, Stream<String> lines) {
    ServerSentEventParser events = new ServerSentEventParser();
    Relayed relayed = new Relayed(Protocol.of(protocol).newStreamTranslation());
    try {
      for (String line : (Iterable<String>) lines::iterator) {
        Optional<String> event = events.addLine(line);
        if (event.isPresent() && !relayed.read(event.get())) {
          break;
        }
      }
    } catch (IOException tooLong) {
      // The stream is broken.
    }
    relayed.end();
  }

  /** A stream as it is passed on: all that reads its chunks. */
  private static final class Relayed {

    private final StreamTranslation translation;
    private final ProviderTokenCounter tokens = new ProviderTokenCounter(JSON.createObjectNode());
    private final StreamedAnswer answer = new StreamedAnswer();
    private final AnswerTexts texts = new AnswerTexts();
    private final StreamedCitations citations =
        new StreamedCitations(new Citations(List.of()), texts);
    private final StreamAbstentionDetector abstention =
        new StreamAbstentionDetector(
            new Abstention(null, "{\"a\":1}", new AbstentionField("a", "1")), 1, texts);

    Relayed(StreamTranslation translation) {
      this.translation = translation;
    }

    /** Returns whether the stream goes on. */
    boolean read(String data) {
      for (StreamTranslation.Piece piece : translation.read(data)) {
        if (!(piece instanceof StreamTranslation.Chunk(ObjectNode chunk))
            || !chunk.path("choices").isArray()) {
          return false;
        }
        AnswerExtension.removeForged(chunk);
        tokens.addChunk(chunk);
        answer.addChunk(chunk.path("choices"));
        texts.add(chunk);
        abstention.readChunk(chunk);
        citations.annotate(chunk);
        JSON.writeValueAsBytes(chunk);
      }
      return true;
    }

    void end() {
      translation.end();
      abstention.isAbstention();
      answer.messages();
      tokens.countedTokens();
      new AnswerCheck(SCHEMA).violation(texts);
    }
  }
}

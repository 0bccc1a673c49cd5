package io.plumbline.promptregistry;

import static io.plumbline.platform.test.hostile.HostileParts.SIZE;
import static io.plumbline.platform.test.hostile.HostileParts.each;
import static io.plumbline.platform.test.hostile.HostileParts.filled;
import static io.plumbline.platform.test.hostile.HostileParts.random;

import io.plumbline.platform.test.hostile.HostileTexts;
import io.plumbline.promptregistry.diff.PromptDiff;
import io.plumbline.promptregistry.lint.Lint;
import io.plumbline.prompttemplate.content.ContentRules;
import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.rendering.PromptRenderer;
import io.plumbline.prompttemplate.template.Template;
import io.plumbline.prompttemplate.tokens.TokenCounter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Hostile templates, prompts and pairs of versions, and texts whose tokens are counted. */
public final class HostilePrompts implements HostileTexts.Table {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final int MESSAGE = PromptContent.MAX_MESSAGE - 1;

  private final Map<String, HostileTexts.Reading> readings = new LinkedHashMap<>();

  @Override
  public Map<String, HostileTexts.Reading> readings() {
    tokens();
    templates();
    lint();
    diffs();
    return readings;
  }

  private void tokens() {
    addTokens("one letter", filled("a"));
    addTokens("one space", filled(" "));
    addTokens("line feeds", filled("\n"));
    addTokens("spaces and line feeds", filled("  \n"));
    addTokens("digits", filled("7"));
    addTokens("apostrophes", filled("'"));
    addTokens("punctuation", filled("!?"));
    addTokens("one ideograph", filled("\u4e00"));
    addTokens("emoji", filled("\ud83d\ude00"));
    addTokens("lone surrogates", filled("\ud83d"));
    addTokens("combining marks", filled("\u0301"));
    addTokens("random letters", random("abcdefghijklmnopqrstuvwxyz", SIZE));
    addTokens("random bytes", random("\u0080\u00ff\u0100\u07ff\u0800\uffee", SIZE));
    addTokens("one long word of pairs", filled("ab"));
    addTokens("special tokens", filled("<|endoftext|>"));
  }

  private void addTokens(String name, String text) {
    for (String model : List.of("gpt-4o", "gpt-4")) {
      readings.put(
          "tokens (%s): %s".formatted(model, name),
          () -> TokenCounter.of(model).countText(text, Long.MAX_VALUE));
    }
  }

  private void templates() {
    addTemplate("opening braces", filled("{{", MESSAGE));
    addTemplate("tags that are not closed", filled("{{#a}}", MESSAGE));
    addTemplate("triple braces that are not closed", filled("{{{a}} ", MESSAGE));
    addTemplate("ends without beginnings", filled("{{/a}}", MESSAGE));
    addTemplate("comments", filled("{{!}}", MESSAGE));
    addTemplate("partials", filled("{{>a}}", MESSAGE));
    addTemplate("variables", filled("{{a}}", MESSAGE));
    addTemplate("variables that nobody declared", filled("{{z}}", MESSAGE));
    addTemplate("long names", "{{" + filled("a.", MESSAGE - 5) + "a}}");
    addTemplate("a name that ends wrongly", "{{" + filled("a.", MESSAGE - 5) + "}}");
    addTemplate("sections beside each other", filled("{{#l}}{{/l}}", MESSAGE));
    addTemplate(
        "sections within each other",
        "{{#l}}".repeat(16) + filled("x", MESSAGE - 200) + "{{/l}}".repeat(16));
    addTemplate("line feeds before tags", filled("\n  {{#l}}\n{{/l}}", MESSAGE));
    addTemplate("names looked up outwards", "{{#l}}" + filled("{{a}}", MESSAGE - 20) + "{{/l}}");
  }

  private void addTemplate(String name, String source) {
    PromptContent content =
        content(
            List.of(source),
            object(
                "{'type':'object','properties':{'a':{'type':'string'},'l':{'type':'array',"
                    + "'items':{'type':'object','properties':{'l':{'type':'array','items':{}}}}}}}"),
            List.of());
    ObjectNode values =
        object("{'a':'%s','l':[%s]}".formatted("x".repeat(1_000), many("{}", 1_000)));
    readings.put(
        "template: " + name,
        () -> {
          Template.parse(source);
          if (ContentRules.completeAndCheck(content, Set.of()).violations().isEmpty()) {
            PromptRenderer.of(content).preview(values, null);
          }
        });
  }

  private void lint() {
    addLint("single braces", filled("{a", MESSAGE));
    addLint("single braces with names", filled("{a} ", MESSAGE));
    addLint("spaces after a brace", filled("{   ", MESSAGE));
    addLint("vague words", filled("etc. ", MESSAGE));
    addLint("conflicting words", filled("brief in detail ", MESSAGE));
    addLint("variables beside fences", filled("```{{a}}```", MESSAGE));
    addLint("variables among hyphens", filled("---{{a}}", MESSAGE));
    addLint("variables among spaces", filled("{{a}}    ", MESSAGE));
    addLint("combining marks", filled("\u0301", MESSAGE));
    addLint("secrets", filled("password=", MESSAGE));
    addLint("telephone numbers", filled("+44 20 79 46 09 58 ", MESSAGE));
    addLint("groups of digits", filled("555 ", MESSAGE));
  }

  private void addLint(String name, String source) {
    ObjectNode variables = object("{'type':'object','properties':{'a':{'type':'string'}}}");
    PromptContent content =
        content(List.of(source, source.substring(0, 35_000)), variables, List.of());
    readings.put("lint: " + name, () -> Lint.report(content));
  }

  private void diffs() {
    addDiff("words that all differ", each(30_000, i -> "a "), each(30_000, i -> "b "));
    addDiff("words of two sorts", random("ab ", MESSAGE), random("ab ", MESSAGE / 2));
    addDiff("lines of two sorts", random("ab\n", MESSAGE), random("ab\n", MESSAGE));
    addDiff("lines that all differ", filled("a\n", MESSAGE), filled("b\n", MESSAGE));
    addDiff("lines of 4,000 sorts", each(4_000, i -> i + "\n"), each(4_000, i -> -i + "\n"));
    addDiff("one word of other words", filled("a ", MESSAGE), filled("a ", MESSAGE - 2) + "b");
    addDiff(
        "the same words in one long line", filled("a ", MESSAGE), "b" + filled("a ", MESSAGE - 2));
    addDiff("tags against tags", filled("{{a}}", MESSAGE), filled("{{b}}", MESSAGE));
    readings.put(
        "diff: as many variables that may be renamed",
        diff(renamed("o", 2_000, 40_000), renamed("n", 2_000, 40_000)));
    readings.put(
        "diff: variables that are used once and may be renamed",
        diff(
            content(
                List.of(each(4_000, i -> "{{o%d}} ".formatted(i))),
                variables("o", 2_000),
                List.of()),
            content(
                List.of(each(4_000, i -> "{{n%d}} ".formatted(4_000 - i))),
                variables("n", 2_000),
                List.of())));
    readings.put(
        "diff: a renamed variable in each of 50 messages",
        diff(
            content(
                Stream.generate(() -> filled("{{o}} {{p}} ", 2_000)).limit(50).toList(),
                variables("o", 300),
                List.of()),
            content(
                Stream.generate(() -> filled("{{n}} {{p}} ", 2_000)).limit(50).toList(),
                variables("n", 300),
                List.of())));
    readings.put(
        "diff: 256 examples that differ",
        diff(
            content(List.of("x"), variables("o", 1), examples("a")),
            content(List.of("x"), variables("o", 1), examples("b"))));
  }

  private static PromptContent renamed(String name, int count, int size) {
    return content(
        List.of(filled("{{%s0}} {{%s1}} x".formatted(name, name), size)),
        variables(name, count),
        List.of());
  }

  private static ObjectNode variables(String name, int count) {
    return object(
        "{'type':'object','properties':{%s}}"
            .formatted(
                IntStream.range(0, count)
                    .mapToObj(i -> "'%s%d':{'type':'string'}".formatted(name, i))
                    .collect(Collectors.joining(","))));
  }

  private static List<Example> examples(String word) {
    return IntStream.range(0, PromptContent.MAX_EXAMPLES)
        .mapToObj(i -> new Example(filled(word + i + " ", 150), filled(word, 150)))
        .toList();
  }

  private void addDiff(String name, String older, String newer) {
    readings.put(
        "diff: " + name,
        diff(
            content(List.of(older), variables("a", 1), List.of()),
            content(List.of(newer), variables("a", 1), List.of())));
  }

  private static HostileTexts.Reading diff(PromptContent older, PromptContent newer) {
    return () -> PromptDiff.between(1, older, 2, newer);
  }

  private static PromptContent content(
      List<String> messages, ObjectNode variables, List<Example> examples) {
    return PromptContent.of(
        messages.stream().map(text -> new Message(Message.Role.USER, text)).toList(),
        variables,
        examples,
        null,
        null);
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
  }

  private static String many(String part, int count) {
    return Stream.generate(() -> part).limit(count).collect(Collectors.joining(","));
  }
}

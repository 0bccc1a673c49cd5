package io.plumbline.promptregistry.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.promptregistry.diff.ExampleDiff.ChangedExample;
import io.plumbline.promptregistry.diff.ExampleDiff.NumberedExample;
import io.plumbline.promptregistry.diff.Segment.Kind;
import io.plumbline.prompttemplate.content.Example;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.Message.Role;
import io.plumbline.prompttemplate.content.Partial;
import io.plumbline.prompttemplate.content.Placeholder;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.content.PromptMessage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.ObjectNode;

class PromptDiffTests {

  private static PromptContent content(String text, double temperature, String... variables) {
    ObjectNode schema = JsonMapper.shared().createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    List.of(variables).forEach(name -> properties.putObject(name).put("type", "string"));
    ObjectNode parameters = JsonMapper.shared().createObjectNode().put("temperature", temperature);
    return PromptContent.of(List.of(new Message(Role.USER, text)), schema, null, parameters, null);
  }

  private static PromptContent content(
      List<? extends PromptMessage> messages, Example... examples) {
    return PromptContent.of(messages, null, List.of(examples), null, null);
  }

  private static PromptDiff between(PromptContent older, PromptContent newer) {
    return PromptDiff.between(1, older, 2, newer);
  }

  private static List<DiffLine> lines(String older, String newer) {
    return between(content(older, 0), content(newer, 0)).messages().getFirst().lines();
  }

  private static List<Kind> kinds(PromptDiff diff) {
    return diff.messages().getFirst().lines().stream()
        .flatMap(line -> line.segments().stream())
        .map(Segment::kind)
        .toList();
  }

  @Test
  void words_differ_as_words_and_variables_are_never_cut() {
    PromptDiff diff =
        between(
            content("Sort the {{mail}} now", 0, "mail"),
            content("Sort this {{mailbox}} now", 0, "mail", "mailbox"));

    assertThat(diff.messages().getFirst().lines())
        .containsExactly(
            new DiffLine(
                DiffLine.Kind.REMOVED,
                1,
                null,
                "Sort the {{mail}} now",
                List.of(
                    new Segment(Kind.EQUAL, "Sort "),
                    new Segment(Kind.REMOVED, "the"),
                    new Segment(Kind.EQUAL, " "),
                    new Segment(Kind.REMOVED, "{{mail}}"),
                    new Segment(Kind.EQUAL, " now"))),
            new DiffLine(
                DiffLine.Kind.ADDED,
                null,
                1,
                "Sort this {{mailbox}} now",
                List.of(
                    new Segment(Kind.EQUAL, "Sort "),
                    new Segment(Kind.ADDED, "this"),
                    new Segment(Kind.EQUAL, " "),
                    new Segment(Kind.ADDED, "{{mailbox}}"),
                    new Segment(Kind.EQUAL, " now"))));
  }

  @Test
  void a_line_that_was_added_or_removed_corresponds_to_none() {
    assertThat(lines("a\nc\nd", "a\nb\nc"))
        .containsExactly(
            new DiffLine(DiffLine.Kind.EQUAL, 1, 1, "a", List.of()),
            new DiffLine(DiffLine.Kind.ADDED, null, 2, "b", List.of()),
            new DiffLine(DiffLine.Kind.EQUAL, 2, 3, "c", List.of()),
            new DiffLine(DiffLine.Kind.REMOVED, 3, null, "d", List.of()));
  }

  @Test
  void a_schema_whose_properties_changed_their_places_differs_by_their_names() {
    assertThat(
            between(
                    answering("{\"score\":{},\"reason\":{}}"),
                    answering("{\"reason\":{},\"score\":{}}"))
                .configuration())
        .containsExactly(
            new SettingDiff(
                "/responseFormat/properties",
                json("[\"score\",\"reason\"]"),
                json("[\"reason\",\"score\"]")));
  }

  @Test
  void a_schema_that_was_given_a_name_differs_from_the_one_that_was_sent_before() {
    PromptContent plain = answering("{\"score\":{}}");
    PromptContent named =
        withFormat(
            "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"verdict\",\"strict\":true,\"schema\":%s}}"
                .formatted(plain.responseFormat()));

    assertThat(between(plain, named).configuration())
        .containsExactly(
            new SettingDiff(
                "/responseFormat/json_schema/name", json("\"answer\""), json("\"verdict\"")));
  }

  private static PromptContent answering(String properties) {
    return withFormat("{\"type\":\"object\",\"properties\":%s}".formatted(properties));
  }

  private static PromptContent withFormat(String format) {
    return PromptContent.of(List.of(new Message(Role.USER, "x")), null, null, null, json(format));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  @Test
  void both_texts_can_be_read_back_whole() {
    String from = "one\ntwo {{x}} three\n\n{{! a note\nover lines }}four";
    String to = "zero\none\ntwo {{{x}}} 3\n{{! a note\nover lines }}four\nfive\n";
    List<DiffLine> lines = lines(from, to);

    assertThat(
            lines.stream()
                .filter(line -> line.kind() != DiffLine.Kind.ADDED)
                .map(DiffLine::text)
                .collect(Collectors.joining("\n")))
        .isEqualTo(from);
    assertThat(
            lines.stream()
                .filter(line -> line.kind() != DiffLine.Kind.REMOVED)
                .map(DiffLine::text)
                .collect(Collectors.joining("\n")))
        .isEqualTo(to);
    assertThat(lines.stream().map(DiffLine::fromLine).filter(Objects::nonNull))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 5).boxed().toList());
    assertThat(lines)
        .filteredOn(line -> !line.segments().isEmpty())
        .allSatisfy(line ->
            assertThat(line.segments().stream().map(Segment::text).collect(Collectors.joining()))
                .isEqualTo(line.text()));
  }

  @Test
  void a_variable_that_only_changed_its_name_is_a_rename() {
    PromptDiff diff =
        between(
            content("Sort {{mail}}. {{#mail}}x{{/mail}}", 0, "mail"),
            content("Sort {{message}}. {{#message}}x{{/message}}", 0, "message"));

    assertThat(diff.renamedVariables()).isEqualTo(Map.of("mail", "message"));
    assertThat(kinds(diff)).contains(Kind.RENAMED).doesNotContain(Kind.REMOVED, Kind.ADDED);
  }

  @Test
  void settings_differ_by_pointer() {
    PromptDiff diff = between(content("x", 0, "a"), content("x", 1, "a", "b"));

    assertThat(diff.messages().getFirst().changed()).isFalse();
    assertThat(diff.configuration())
        .extracting(SettingDiff::pointer)
        .containsExactly("/variables/properties/b", "/parameters/temperature");
    assertThat(diff.configuration().getLast())
        .isEqualTo(
            new SettingDiff("/parameters/temperature", new DoubleNode(0), new DoubleNode(1)));
  }

  @Test
  void examples_are_added_removed_and_changed() {
    Example kept = new Example("kept", "spam");
    Example old = new Example("old", "spam");
    Example former = new Example("former", "spam");
    Example corrected = new Example("former", "personal");
    Example fresh = new Example("fresh", "newsletter");
    List<Message> none = List.of();

    assertThat(
            between(content(none, old, kept, former), content(none, kept, corrected, fresh))
                .examples())
        .isEqualTo(
            new ExampleDiff(
                List.of(new NumberedExample(2, fresh)),
                List.of(new NumberedExample(0, old)),
                List.of(new ChangedExample(2, 1, former, corrected))));
  }

  @Test
  void a_message_of_another_role_or_that_only_one_version_has_is_changed() {
    PromptDiff diff =
        between(
            content(List.of(new Message(Role.USER, "Hello"))),
            content(List.of(new Message(Role.SYSTEM, "Hello"), new Message(Role.USER, "Hi"))));

    assertThat(diff.messages())
        .containsExactly(
            new MessageDiff(
                0,
                Role.USER,
                Role.SYSTEM,
                null,
                null,
                true,
                List.of(new DiffLine(DiffLine.Kind.EQUAL, 1, 1, "Hello", List.of()))),
            new MessageDiff(
                1,
                null,
                Role.USER,
                null,
                null,
                true,
                List.of(new DiffLine(DiffLine.Kind.ADDED, null, 1, "Hi", List.of()))));
  }

  @Test
  void a_placeholder_that_takes_the_place_of_a_message_is_shown_by_name() {
    PromptDiff diff =
        between(
            content(List.of(new Message(Role.USER, "Hello"), new Message(Role.USER, "Hi"))),
            content(List.of(Placeholder.CONVERSATION, new Message(Role.USER, "Hi"))));

    assertThat(diff.messages().getFirst())
        .isEqualTo(
            new MessageDiff(
                0,
                Role.USER,
                null,
                null,
                "conversation",
                true,
                List.of(new DiffLine(DiffLine.Kind.REMOVED, 1, null, "Hello", List.of()))));
    assertThat(diff.messages().getLast().changed()).isFalse();
  }

  @Test
  void texts_too_different_to_align_are_shown_as_replaced() {
    String older = "a ".repeat(3_000);
    String newer = "b ".repeat(3_000) + "c";

    assertThat(kinds(between(content(older, 0), content(newer, 0))))
        .containsExactly(Kind.REMOVED, Kind.ADDED);
  }

  @Test
  void two_long_unrelated_texts_are_compared_in_bounded_time() {
    String older =
        IntStream.range(0, 5_000).mapToObj("a %d"::formatted).collect(Collectors.joining("\n"));
    String newer =
        IntStream.range(0, 5_000).mapToObj("b %d"::formatted).collect(Collectors.joining("\n"));

    assertThat(lines(older, newer)).hasSize(10_000);
  }

  /** Many long lines without a common word would take minutes if all pairs were compared. */
  @Test
  void many_long_unrelated_lines_are_compared_in_bounded_time() {
    String older = ("a ".repeat(2_000).strip() + "\n").repeat(16);
    String newer = ("b-".repeat(2_000).strip() + "\n").repeat(16);
    List<Message> from = Collections.nCopies(8, new Message(Role.USER, older));
    List<Message> to = Collections.nCopies(8, new Message(Role.USER, newer));

    assertThat(between(content(from), content(to)).messages())
        .hasSize(8)
        .allSatisfy(message -> assertThat(message.lines()).hasSize(33));
  }

  @Test
  void partials_differ_by_digest_and_show_their_own_lines() {
    PromptContent one =
        content("{{> rules}}{{> gone}}", 0)
            .withPartials(Map.of("rules", partial("Be calm.\nGo."), "gone", partial("x")));
    PromptContent other =
        content("{{> rules}}", 0).withPartials(Map.of("rules", partial("Be kind.\nGo.")));

    List<PartialDiff> partials = between(one, other).partials();

    assertThat(partials.stream().map(each -> each.name() + " " + each.toDigest()))
        .containsExactly("gone null", "rules digest of Be kind.\nGo.");
    assertThat(partials.getLast().lines().stream().map(DiffLine::kind))
        .containsExactly(DiffLine.Kind.REMOVED, DiffLine.Kind.ADDED, DiffLine.Kind.EQUAL);
    assertThat(between(one, one).partials()).noneMatch(PartialDiff::changed);
    assertThat(between(one, other).renamedVariables()).isEmpty();
  }

  private static Partial partial(String text) {
    return new Partial("digest of " + text, content(text, 0));
  }
}

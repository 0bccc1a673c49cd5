package io.plumbline.promptregistry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.PlumblineTest;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.prompttemplate.content.PromptContent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prompts that include others, on real PostgreSQL: published, shown, changed and searched. */
@PlumblineTest
class PartialJourneyTests {

  private static final Map<String, Object> TONE = Map.of("type", "string", "default", "calm");

  @Autowired TestClient client;

  private TestClient.TestCaller ada() {
    return client.as("ada", Role.PROMPT_ENGINEER);
  }

  private String create(String prefix) {
    String name = prefix + "-" + Ids.next();
    assertThat(ada().post("/api/prompts", Map.of("name", name)).status()).isEqualTo(201);
    return name;
  }

  private static Map<String, Object> schema(Map<String, ?> properties) {
    return Map.of("type", "object", "properties", properties);
  }

  private static Map<String, Object> text(
      String text, Map<String, ?> variables, Map<?, ?> partials) {
    Map<String, Object> version = new HashMap<>();
    version.put("message", "because");
    version.put("messages", List.of(Map.of("role", "user", "content", text)));
    version.put("variables", schema(variables));
    version.put("partials", partials);
    return version;
  }

  private Answer publish(String name, Map<String, Object> version) {
    return ada().post("/api/prompts/" + name + "/versions", version);
  }

  private JsonNode published(String name, Map<String, Object> version) {
    Answer answer = publish(name, version);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private JsonNode get(String path) {
    Answer answer = ada().get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private void label(String name, String label, int version) {
    assertThat(
            ada()
                .put("/api/prompts/%s/labels/%s".formatted(name, label), Map.of("version", version))
                .status())
        .isEqualTo(200);
  }

  private static Map<String, Object> at(String prompt, int version) {
    return Map.of("prompt", prompt, "version", version);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @Test
  void a_version_keeps_what_it_included_when_the_label_moves() {
    String rules = create("rules");
    published(rules, text("Be {{tone}}.\nBe brief.\n", Map.of("tone", TONE), Map.of()));
    label(rules, "staging", 1);
    String triage = create("triage");
    JsonNode version =
        published(
            triage,
            text(
                "Rules:\n  {{> rules}}\nMail: {{mail}}",
                Map.of("mail", Map.of("type", "string")),
                Map.of("rules", Map.of("prompt", rules, "label", "staging"))));
    published(rules, text("Be {{tone}}!\n", Map.of("tone", TONE), Map.of()));
    label(rules, "staging", 2);

    JsonNode view = get("/api/prompts/%s/versions/1".formatted(triage));
    assertThat(view.at("/variables/properties").propertyNames())
        .containsExactlyInAnyOrder("mail", "tone");
    assertThat(view.at("/includes"))
        .isEqualTo(
            json(
                "[{'name':'rules','prompt':'%s','version':1,'digest':'%s','label':'staging'}]"
                    .formatted(rules, view.at("/partials/rules/digest").asString())));
    // A reader can compare every digest with the content.
    PromptContent content = JsonMapper.shared().treeToValue(view, PromptContent.class);
    assertThat(CanonicalJson.digest(content).hex()).isEqualTo(version.at("/digest").asString());
    assertThat(content.alteredPartial(each -> CanonicalJson.digest(each).hex())).isEmpty();

    assertThat(
            ada()
                .post(
                    "/api/prompts/%s/versions/1/render".formatted(triage),
                    Map.of("variables", Map.of("mail", "Win!")))
                .json()
                .at("/messages/0/content")
                .asString())
        .isEqualTo("Rules:\n  Be calm.\n  Be brief.\nMail: Win!");
    assertThat(get("/api/prompts/%s/versions/1/includes".formatted(triage)).at("/items/0"))
        .isEqualTo(
            json(
                ("{'name':'rules','prompt':'%s','version':1,'digest':'%s','label':'staging',"
                        + "'labels':{'latest':2,'staging':2}}")
                    .formatted(rules, view.at("/partials/rules/digest").asString())));

    published(
        triage,
        text(
            "Rules:\n  {{> rules}}\nMail: {{mail}}",
            Map.of("mail", Map.of("type", "string")),
            Map.of("rules", Map.of("prompt", rules, "label", "staging"))));
    JsonNode diff = get("/api/prompts/%s/diff?from=1&to=2".formatted(triage));
    assertThat(diff.at("/messages/0/changed").asBoolean()).isFalse();
    assertThat(diff.at("/partials/0/changed").asBoolean()).isTrue();
    assertThat(diff.at("/partials/0/lines").valueStream().map(line -> line.at("/kind").asString()))
        .containsExactly("REMOVED", "REMOVED", "ADDED", "EQUAL");
  }

  @Test
  void who_includes_a_prompt_is_found_however_indirectly() {
    String base = create("base");
    published(base, text("one", Map.of(), Map.of()));
    published(base, text("two", Map.of(), Map.of()));
    String middle = create("middle");
    published(middle, text("{{> b}}", Map.of(), Map.of("b", at(base, 1))));
    String top = create("top");
    published(top, text("{{> m}}", Map.of(), Map.of("m", at(middle, 1))));
    published(top, text("{{> m}}{{> b}}", Map.of(), Map.of("m", at(middle, 1), "b", at(base, 2))));
    label(top, "staging", 1);

    JsonNode all = get("/api/prompts/%s/included-by".formatted(base));
    assertThat(
            all.at("/items")
                .valueStream()
                .map(item ->
                    "%s@%d %d %s %s"
                        .formatted(
                            item.at("/prompt").asString().replaceFirst("-.*", ""),
                            item.at("/version").asInt(),
                            item.at("/includes").asInt(),
                            item.at("/direct").asBoolean(),
                            item.at("/labels"))))
        .containsExactly(
            "middle@1 1 true [\"latest\"]",
            "top@2 2 true [\"latest\"]",
            "top@2 1 false [\"latest\"]",
            "top@1 1 false [\"staging\"]");
    assertThat(all.at("/total/value").asInt()).isEqualTo(4);
    JsonNode second = get("/api/prompts/%s/included-by?version=2".formatted(base));
    assertThat(second.at("/items")).hasSize(1);
    JsonNode first = get("/api/prompts/%s/included-by?limit=2".formatted(base));
    assertThat(
            get("/api/prompts/%s/included-by?limit=2&pageToken=%s"
                    .formatted(base, first.at("/nextPageToken").asString()))
                .at("/items"))
        .isEqualTo(
            JsonMapper.shared().valueToTree(all.at("/items").valueStream().skip(2).toList()));
    assertThat(get("/api/prompts/%s/included-by".formatted(top)).at("/items")).isEmpty();
    assertThat(ada().get("/api/prompts/unknown/included-by").status()).isEqualTo(404);
    assertThat(ada().get("/api/prompts/%s/versions/9/includes".formatted(top)).status())
        .isEqualTo(404);
  }

  @Test
  void a_cycle_is_refused_with_its_way() {
    String one = create("one");
    String two = create("two");
    published(one, text("x", Map.of(), Map.of()));
    published(two, text("{{> one}}", Map.of(), Map.of("one", at(one, 1))));

    Answer cycle =
        publish(
            one,
            text("{{> two}}", Map.of(), Map.of("two", Map.of("prompt", two, "label", "latest"))));
    assertThat(cycle.status()).isEqualTo(422);
    assertThat(cycle.json().at("/errors"))
        .isEqualTo(
            json(
                ("[{'pointer':'/partials/two','detail':'makes a cycle: %s → %s@1 → %s@1; a prompt"
                     + " cannot include itself: write the text out, or include another prompt'}]")
                    .formatted(one, two, one)));
    Map<String, Object> draft = text("{{> me}}", Map.of(), Map.of("me", at(one, 1)));
    draft.remove("message");
    draft.put("prompt", one);
    assertThat(ada().post("/api/prompts/lint", draft).json().at("/violations/0/detail").asString())
        .startsWith("makes a cycle: %s → %s@1;".formatted(one, one));
  }

  @Test
  void what_cannot_be_included_is_named() {
    String rules = create("rules");
    String empty = create("empty");
    published(rules, text("{{n}}", Map.of("n", Map.of("type", "number")), Map.of()));
    Map<String, Object> chat = text("x", Map.of(), Map.of());
    chat.put(
        "messages",
        List.of(
            Map.of("role", "system", "content", "x"),
            Map.of("type", "placeholder", "name", "conversation")));
    published(rules, chat);
    String triage = create("triage");

    assertThat(refused(triage, Map.of("prompt", "no-such-prompt", "version", 1)))
        .isEqualTo(
            "/partials/p/prompt there is no prompt 'no-such-prompt'; create it, or name another");
    assertThat(refused(triage, at(empty, 1)))
        .isEqualTo(
            "/partials/p/prompt the prompt '%s' has no version yet; publish one".formatted(empty));
    assertThat(refused(triage, at(rules, 7)))
        .isEqualTo(
            "/partials/p/version the prompt '%s' has no version 7; its latest is 2"
                .formatted(rules));
    assertThat(refused(triage, Map.of("prompt", rules, "label", "stable")))
        .isEqualTo(
            "/partials/p/label the prompt '%s' has no label 'stable'; it has latest"
                .formatted(rules));
    assertThat(refused(triage, Map.of("prompt", rules)))
        .isEqualTo("/partials/p must have either a version or a label of the prompt");
    assertThat(refused(triage, at(rules, 2))).startsWith("/partials/p is not a text:");
    assertThat(
            publish(
                    triage,
                    text(
                        "{{> p}}{{n}}",
                        Map.of("n", Map.of("type", "string")),
                        Map.of("p", at(rules, 1))))
                .json()
                .at("/errors/0/detail")
                .asString())
        .contains("but the partial 'p' declares 'n' as {\"type\":\"number\"}");
  }

  private String refused(String triage, Map<String, Object> reference) {
    Answer answer = publish(triage, text("{{> p}}", Map.of(), Map.of("p", reference)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().at("/errors")).hasSize(1);
    return answer.json().at("/errors/0/pointer").asString()
        + " "
        + answer.json().at("/errors/0/detail").asString();
  }

  @Test
  void a_draft_is_rendered_with_what_it_includes() {
    String rules = create("rules");
    published(rules, text("Be {{tone}}.", Map.of("tone", TONE), Map.of()));
    Map<String, Object> draft = text("{{> rules}} Go.", Map.of(), Map.of("rules", at(rules, 1)));
    draft.remove("message");

    assertThat(
            ada()
                .post(
                    "/api/prompts/render",
                    Map.of("draft", draft, "variables", Map.of("tone", "kind")))
                .json()
                .at("/messages/0/content")
                .asString())
        .isEqualTo("Be kind. Go.");
    Answer wrong =
        ada().post("/api/prompts/render", Map.of("draft", draft, "variables", Map.of("tone", 7)));
    assertThat(wrong.json().at("/errors/0/pointer").asString()).isEqualTo("/variables/tone");
    draft.put("partials", Map.of());
    assertThat(
            ada()
                .post("/api/prompts/render", Map.of("draft", draft, "variables", Map.of()))
                .json()
                .at("/errors/0/detail")
                .asString())
        .startsWith("line 1, column 1: 'rules' is not among the partials;");
  }
}

package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.contracts.Digest;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.apikey.ApiKeyScope;
import io.plumbline.inference.keyset.ResponseKeySettings;
import io.plumbline.inference.release.ResponseIds.Origin;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.CallerAuthentication;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.context.SecurityContextHolder;

class JudgedAnswersTests extends InferenceTest {

  private static final String KEY = "b2xkIGtleSBvZiAzMiBieXRlcyAxMjM0NTY3ODkwMTI=";
  private static final String OTHER = "bmV3IGtleSBvZiAzMiBieXRlcyAxMjM0NTY3ODkwMTI=";
  private static final Digest VARIANT = Digest.ofText("variant");
  private static final String BY_DIGEST = "variant/" + VARIANT.hex();
  private static final ApiKeyScope EVERYTHING =
      new ApiKeyScope(true, List.of(), List.of(BY_DIGEST, "local/choice-minilm"));

  @Autowired Releases releases;

  private final UUID workspace = UUID.randomUUID();
  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final UUID release = Ids.next();
  private final ResponseIds ids = ids(KEY);
  private final String ofMail = ofArm(ids, workspace, release);
  private final String ofVariant = ids.issue(workspace, Ids.next(), null, VARIANT);
  private final String ofModel = ids.issue(workspace, Ids.next(), null, null);
  private JudgedAnswers answers;

  @BeforeEach
  void release_mail() {
    answers = new JudgedAnswers(ids, releases);
    Caller.system(workspace)
        .run(() ->
            releases.saveAndFlush(
                new Release(
                    release,
                    workspace,
                    new Release.Request("mail", "staging", VARIANT, UUID.randomUUID(), null, 0),
                    "ada",
                    Instant.EPOCH)));
  }

  @AfterEach
  void sign_out() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void a_key_judges_the_answers_of_an_application_that_its_scope_names() {
    Origin answered = new Origin(release, "active", null, today);

    callWith(new ApiKeyScope(false, List.of("shop", "mail"), List.of()));
    assertThat(answers.findOrigin(ofMail)).isEqualTo(answered);
    callWith(new ApiKeyScope(true, List.of(), List.of()));
    assertThat(answers.findOrigin(ofMail)).isEqualTo(answered);
    callWith(new ApiKeyScope(false, List.of("shop"), List.of(BY_DIGEST)));
    assertThat(refusal(ofMail)).isEqualTo(InferenceProblem.OUT_OF_SCOPE);
  }

  @Test
  void a_key_judges_the_answers_of_a_variant_that_its_scope_names_by_digest() {
    callWith(new ApiKeyScope(false, List.of(), List.of(BY_DIGEST)));
    assertThat(answers.findOrigin(ofVariant)).isEqualTo(new Origin(null, null, VARIANT, today));
    callWith(new ApiKeyScope(true, List.of(), List.of("variant/" + Digest.ofText("x").hex())));
    assertThat(refusal(ofVariant)).isEqualTo(InferenceProblem.OUT_OF_SCOPE);
  }

  /** Refuses such answers, because their id does not say which model answered. */
  @Test
  void no_key_judges_the_answer_of_a_bare_model() {
    callWith(EVERYTHING);
    assertThat(refusal(ofModel)).isEqualTo(InferenceProblem.OUT_OF_SCOPE);
  }

  @Test
  void by_a_key_nobody_learns_whether_there_is_an_answer_outside_of_its_scope() {
    callWith(new ApiKeyScope(false, List.of("shop"), List.of("local/choice-minilm")));

    assertThat(
            List.of(
                    ofMail,
                    ofVariant,
                    ofModel,
                    ofArm(ids, workspace, Ids.next()),
                    ofArm(ids, UUID.randomUUID(), release),
                    ofArm(ids(OTHER), workspace, release),
                    "none")
                .stream()
                .map(id -> refused(id).body())
                .collect(Collectors.toSet()))
        .hasSize(1);
    assertThat(refused(ofMail).errors())
        .containsExactly(
            new Problem.FieldError(
                "/responseId",
                "must be the id of an answer of what the scope of the API key names: app/shop"));
  }

  @Test
  void a_release_that_is_not_known_is_in_no_scope() {
    callWith(EVERYTHING);
    assertThat(refusal(ofArm(ids, workspace, Ids.next()))).isEqualTo(InferenceProblem.OUT_OF_SCOPE);
  }

  @Test
  void a_key_whose_scope_names_bare_models_only_judges_nothing_and_learns_why() {
    callWith(new ApiKeyScope(false, List.of(), List.of("local/choice-minilm")));

    assertThat(refused(ofModel).errors().getFirst().detail())
        .contains("an application or a variant", "names none");
  }

  @Test
  void a_person_judges_every_answer_of_the_own_workspace() {
    callWith(null);

    assertThat(answers.findOrigin(ofMail)).isEqualTo(new Origin(release, "active", null, today));
    assertThat(answers.findOrigin(ofVariant)).isEqualTo(new Origin(null, null, VARIANT, today));
    assertThat(answers.findOrigin(ofModel)).isEqualTo(new Origin(null, null, null, today));
    assertThat(refusal(ofArm(ids, UUID.randomUUID(), release))).isEqualTo(CommonProblem.INVALID);
  }

  private Object refusal(String id) {
    return refused(id).type();
  }

  private Problem refused(String id) {
    return catchThrowableOfType(Problem.class, () -> answers.findOrigin(id));
  }

  /**
   * Sets the caller.
   *
   * @param scope the scope of the caller's key; absent for a caller with a token
   */
  private void callWith(@Nullable ApiKeyScope scope) {
    CallerAuthentication caller =
        new CallerAuthentication(
            new Caller(workspace, "caller", "Caller", Set.of(Role.VIEWER), false));
    caller.setDetails(scope);
    SecurityContextHolder.getContext().setAuthentication(caller);
  }

  private static String ofArm(ResponseIds ids, UUID workspace, UUID release) {
    return ids.issue(
        workspace, Ids.next(), new Arm(release, "mail", "staging", VARIANT, "active"), VARIANT);
  }

  private static ResponseIds ids(String key) {
    return new ResponseIds(new ResponseKeySettings(List.of(key)));
  }
}

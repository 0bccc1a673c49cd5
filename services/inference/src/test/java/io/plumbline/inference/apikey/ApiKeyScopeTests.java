package io.plumbline.inference.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApiKeyScopeTests {

  private static final ApiKeyScope MAIL =
      new ApiKeyScope(false, List.of("mail"), List.of("variant/ab", "openai/gpt"));
  private static final ApiKeyScope ALL = new ApiKeyScope(true, List.of(), List.of());

  @Test
  void a_key_calls_the_applications_that_it_names_in_every_environment() {
    assertThat(List.of("app/mail", "app/mail@staging")).allMatch(MAIL::allowsModel);
    assertThat(List.of("app/mails", "app/", "app/@mail", "app/other@mail", "mail", "App/mail"))
        .noneMatch(MAIL::allowsModel);
  }

  @Test
  void a_key_calls_the_models_that_it_names_exactly() {
    assertThat(List.of("variant/ab", "openai/gpt")).allMatch(MAIL::allowsModel);
    assertThat(List.of("variant/abc", "openai/gpt-4", "openai/", "variant/", ""))
        .noneMatch(MAIL::allowsModel);
  }

  @Test
  void all_applications_are_no_models_and_no_variants() {
    assertThat(ALL.allowsModel("app/anything@anywhere")).isTrue();
    assertThat(List.of("variant/ab", "openai/gpt", "local/choice-minilm"))
        .noneMatch(ALL::allowsModel);
  }

  @Test
  void it_names_what_it_may_be_called_with() {
    assertThat(MAIL.allowedNames()).containsExactly("app/mail", "variant/ab", "openai/gpt");
    assertThat(ALL.allowedNames()).containsExactly("every application");
  }

  @Test
  void a_thread_without_a_key_has_no_scope() {
    assertThat(ApiKeyScope.current()).isEmpty();
  }
}

package io.plumbline.platform.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.EventSource;
import io.plumbline.contracts.EventTypes;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class SignatureAutoConfigurationTests {

  private static final Map<String, String> HEADERS = Map.of("ce_source", "/prompt-registry");

  @Test
  void keys_are_read_from_variables_of_the_environment() {
    Map<String, Object> variables = variables();
    variables.put(
        "PLUMBLINE_EVENTS_KEYS_PROMPT_REGISTRY",
        TestKeys.OTHER.publicKey() + "," + TestKeys.STRATEGY.publicKey());

    runner(variables)
        .run(context -> {
          byte[] value = {1};
          Map<String, String> signed = context.getBean(EventSigner.class).sign(HEADERS, value);
          assertThat(
                  context.getBean(VerificationKeys.class).verify("prompt-registry", signed, value))
              .isEqualTo(Authenticity.AUTHENTIC);
        });
  }

  @Test
  void without_the_key_of_a_service_whose_events_may_come_nothing_starts() {
    Map<String, Object> variables = variables();
    variables.remove("PLUMBLINE_EVENTS_KEYS_DATASET_REGISTRY");

    runner(variables)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageStartingWith("plumbline.events.keys.dataset-registry must be set"));
  }

  @Test
  void without_a_private_key_nothing_starts() {
    Map<String, Object> variables = variables();
    variables.remove("PLUMBLINE_EVENTS_SIGNING_KEY");

    runner(variables)
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageStartingWith("plumbline.events.signing-key must be set"));
  }

  private static Map<String, Object> variables() {
    Map<String, Object> variables = new HashMap<>();
    variables.put("PLUMBLINE_EVENTS_SIGNING_KEY", TestKeys.STRATEGY.privateKey());
    for (Class<?> source : EventTypes.SOURCES) {
      String service = Objects.requireNonNull(source.getAnnotation(EventSource.class)).value();
      variables.put(
          "PLUMBLINE_EVENTS_KEYS_" + service.replace('-', '_').toUpperCase(Locale.ROOT),
          TestKeys.STRATEGY.publicKey());
    }
    return variables;
  }

  private static ApplicationContextRunner runner(Map<String, Object> variables) {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(SignatureAutoConfiguration.class))
        .withInitializer(context ->
            context
                .getEnvironment()
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)))
        .withPropertyValues("spring.application.name=prompt-registry");
  }
}

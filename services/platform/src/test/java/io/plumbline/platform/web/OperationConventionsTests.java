package io.plumbline.platform.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.ledger.LedgerExempt;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.method.HandlerMethod;

class OperationConventionsTests {

  @SuppressWarnings("unused") // only its signatures are read
  @RequestMapping("/api/things")
  static final class Things {

    @GetMapping
    void listThings(PageRequest page) {}

    @PostMapping
    @Idempotent
    @ResponseStatus(HttpStatus.CREATED)
    @ApiResponse(responseCode = "200", description = "It is there already")
    void createThing(@RequestBody String thing) {}

    @PutMapping("/{name}")
    void replaceThing(@PathVariable String name, @RequestBody String thing, IfMatch match) {}

    @DeleteMapping("/{name}")
    @LedgerExempt
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deleteThing(@PathVariable String name) {}
  }

  @SuppressWarnings("unused") // only its signature is read
  @RequestMapping("/v1")
  static final class OpenAi {

    @GetMapping("/models")
    void listModels() {}
  }

  @Test
  void an_operation_has_the_name_of_its_handler_and_the_resource_of_its_path() {
    assertThat(describe(new Things(), "createThing").getOperationId()).isEqualTo("createThing");
    assertThat(describe(new Things(), "replaceThing").getTags()).containsExactly("things");
    assertThat(describe(new OpenAi(), "listModels").getTags()).containsExactly("openai");
  }

  @Test
  void what_the_platform_reads_is_a_parameter() {
    assertThat(parameters("listThings")).containsExactly("limit", "pageToken");
    assertThat(parameters("createThing")).containsExactly("Idempotency-Key");
    assertThat(parameters("replaceThing")).containsExactly("If-Match");
    assertThat(parameters("deleteThing")).isEmpty();
  }

  @Test
  void success_has_the_status_of_the_handler_and_that_of_each_further_answer() {
    ApiResponses created = describe(new Things(), "createThing").getResponses();

    assertThat(response(created, "201").getDescription()).isEqualTo("Created");
    assertThat(response(created, "200").getDescription()).isEqualTo("It is there already");
    assertThat(response(created, "200").getContent()).isEqualTo(json());
  }

  @Test
  void no_content_has_no_body() {
    ApiResponses deleted = describe(new Things(), "deleteThing").getResponses();

    assertThat(response(deleted, "204").getContent()).isNull();
  }

  @Test
  void errors_follow_from_what_a_handler_takes() {
    assertThat(describe(new Things(), "listThings").getResponses())
        .containsOnlyKeys("200", "400", "401", "403", "429", "503", "default");
    assertThat(describe(new Things(), "replaceThing").getResponses())
        .containsKeys("404", "409", "412", "413", "415", "422", "428");
    assertThat(describe(new Things(), "deleteThing").getResponses()).doesNotContainKey("409");
  }

  @Test
  void the_openai_api_has_errors_of_its_own() {
    assertThat(response(describe(new OpenAi(), "listModels").getResponses(), "400").get$ref())
        .isEqualTo("#/components/responses/OpenAiBadRequest");
    assertThat(response(describe(new Things(), "listThings").getResponses(), "400").get$ref())
        .isEqualTo("#/components/responses/BadRequest");
  }

  @Test
  void the_committed_example_of_an_operation_is_in_its_description() {
    Operation operation = new Operation().responses(responses());

    new OperationConventions().customize(operation, handler(new DeadLetters(), "listDeadLetters"));

    MediaType json =
        requireNonNull(
            response(operation.getResponses(), "200").getContent().get("application/json"));
    assertThat(json.getExample()).asInstanceOf(InstanceOfAssertFactories.MAP).containsKey("items");
  }

  private static io.swagger.v3.oas.models.responses.ApiResponse response(
      ApiResponses responses, String status) {
    return requireNonNull(responses.get(status));
  }

  @SuppressWarnings("unused") // only its signature is read
  @RequestMapping("/api/dead-letters")
  static final class DeadLetters {

    @GetMapping
    void listDeadLetters() {}
  }

  private static List<String> parameters(String name) {
    List<Parameter> parameters = describe(new Things(), name).getParameters();
    return parameters == null ? List.of() : parameters.stream().map(Parameter::getName).toList();
  }

  private static Operation describe(Object controller, String name) {
    return new OperationConventions()
        .customize(new Operation().responses(responses()), handler(controller, name));
  }

  private static ApiResponses responses() {
    return new ApiResponses()
        .addApiResponse(
            "200", new io.swagger.v3.oas.models.responses.ApiResponse().content(json()));
  }

  private static Content json() {
    return new Content().addMediaType("application/json", new MediaType());
  }

  private static HandlerMethod handler(Object controller, String name) {
    return Arrays.stream(controller.getClass().getDeclaredMethods())
        .filter(method -> method.getName().equals(name))
        .findFirst()
        .map(method -> new HandlerMethod(controller, method))
        .orElseThrow();
  }
}

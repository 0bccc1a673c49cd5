package io.plumbline.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.contracts.Digest;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordComponentsTests {

  record Part(String name) {}

  record Whole(
      String name,
      @Nullable String note,
      int count,
      Part part,
      @Nullable Part other,
      List<@Nullable String> names) {}

  record Checked(
      @NotBlank @Size(max = 5) String name,
      @NotBlank @Size(min = 2) @Pattern(regexp = "[a-z]*") String slug,
      @Size(max = 5) String note,
      @Nullable Digest digest) {}

  static class Bean {
    public String name = "";
  }

  @Test
  void what_the_type_says_of_a_component_is_what_the_description_says() {
    Schema<?> whole = described(Whole.class);

    assertThat(whole.getRequired()).containsExactlyInAnyOrder("name", "count", "part", "names");
    assertThat(property(whole, "name").getTypes()).containsExactly("string");
    assertThat(property(whole, "note").getTypes()).isEqualTo(Set.of("string", "null"));
    assertThat(property(whole, "part").get$ref()).isEqualTo("#/components/schemas/Part");
    assertThat(property(whole, "other").getAnyOf())
        .extracting(schema -> schema.get$ref(), schema -> schema.getTypes())
        .containsExactly(tuple("#/components/schemas/Part", null), tuple(null, Set.of("null")));
  }

  @Test
  void a_text_that_may_not_be_blank_and_a_digest_say_so() {
    Schema<?> checked = described(Checked.class);

    assertThat(property(checked, "name"))
        .extracting(Schema::getMinLength, Schema::getMaxLength, Schema::getPattern)
        .containsExactly(1, 5, "\\S");
    assertThat(property(checked, "slug"))
        .extracting(Schema::getMinLength, Schema::getPattern)
        .containsExactly(2, "[a-z]*");
    assertThat(property(checked, "note").getPattern()).isNull();
    assertThat(property(checked, "digest").getPattern()).isEqualTo("^[0-9a-f]{64}$");
  }

  @Test
  void what_is_no_record_is_left_alone() {
    assertThat(described(Bean.class).getRequired()).isNull();
  }

  private static Schema<?> described(Class<?> type) {
    ModelConverters converters = new ModelConverters(true);
    converters.addConverter(new RecordComponents());
    return Objects.requireNonNull(converters.readAll(type).get(type.getSimpleName()));
  }

  private static Schema<?> property(Schema<?> model, String name) {
    return Objects.requireNonNull(model.getProperties().get(name));
  }
}

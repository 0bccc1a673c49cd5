package io.plumbline.prompttemplate.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InlineImageTests {

  @ParameterizedTest
  @ValueSource(strings = {"data:image/png;base64,AAAA", "data:image/webp;base64,iVBORw0KGgo="})
  void an_image_in_the_address_itself_is_inline(String url) {
    assertThat(InlineImage.isInlineImageUrl(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://example.org/a.png",
        "data:image/svg+xml;base64,AAAA",
        "data:image/png,AAAA",
        "data:image/png;base64,",
        "data:image/png;base64,AA AA"
      })
  void an_address_or_another_form_is_not(String url) {
    assertThat(InlineImage.isInlineImageUrl(url)).isFalse();
  }
}

package io.plumbline.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

class RequestDigestTests {

  private static final String BODY = "{\"a\":1,\"b\":{\"c\":2,\"d\":[1,2]}}";

  @Test
  void neither_white_space_nor_the_order_of_members_makes_another_request() {
    assertThat(digest("/api/notes", "", BODY))
        .isEqualTo(digest("/api/notes", "", " { \"b\": {\"d\":[1, 2],\"c\":2}, \"a\":1 }"));
  }

  @Test
  void the_order_of_an_array_and_every_value_do() {
    byte[] first = digest("/api/notes", "", BODY);

    assertThat(digest("/api/notes", "", BODY.replace("[1,2]", "[2,1]"))).isNotEqualTo(first);
    assertThat(digest("/api/notes", "", BODY.replace("\"a\":1", "\"a\":2"))).isNotEqualTo(first);
    assertThat(digest("/api/other", "", BODY)).isNotEqualTo(first);
  }

  @Test
  void numbers_that_are_one_double_are_two_requests() {
    assertThat(digest("/api/notes", "", "{\"seed\":9007199254740993}"))
        .isNotEqualTo(digest("/api/notes", "", "{\"seed\":9007199254740992}"));
    assertThat(digest("/api/notes", "", "{\"seed\":1.00000000000000000001}"))
        .isNotEqualTo(digest("/api/notes", "", "{\"seed\":1.0}"));
  }

  @Test
  void the_query_counts_and_the_order_of_its_parameters_does_not() {
    assertThat(digest("/api/notes", "dry=true", BODY))
        .isNotEqualTo(digest("/api/notes", "dry=false", BODY))
        .isNotEqualTo(digest("/api/notes", "", BODY));
    assertThat(digest("/api/notes", "a=1&b=2", BODY))
        .isEqualTo(digest("/api/notes", "b=2&a=1", BODY));
  }

  @Test
  void what_is_not_json_counts_as_it_is() {
    assertThat(digest("/api/notes", "", "{\"a\":"))
        .isEqualTo(digest("/api/notes", "", "{\"a\":"))
        .isNotEqualTo(digest("/api/notes", "", "{\"a\": "));
  }

  private static byte[] digest(String path, String query, String body) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        request.addParameter(parameter.split("=", 2)[0], parameter.split("=", 2)[1]);
      }
    }
    return RequestDigest.of(request, body.getBytes(StandardCharsets.UTF_8), JsonMapper.shared());
  }
}

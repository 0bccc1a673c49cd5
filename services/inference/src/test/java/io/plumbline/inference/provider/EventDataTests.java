package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples are those of the HTML standard, section 9.2.6. */
class EventDataTests {

  private final EventData data = new EventData();

  @Test
  void lines_up_to_an_empty_one_are_one_event() {
    assertThat(read("data: YHOO", "data: +2", "data: 10", "")).containsExactly("YHOO\n+2\n10");
  }

  @Test
  void only_one_space_before_the_value_is_left_out() {
    assertThat(read("data:test", "", "data: test", "", "data:  third", ""))
        .containsExactly("test", "test", " third");
  }

  @Test
  void other_fields_and_empty_lines_are_no_events() {
    assertThat(read("event: add", "id: 1", "", "", "retry: 3", "")).isEmpty();
  }

  @Test
  void data_that_no_empty_line_ends_is_read_at_the_end() {
    assertThat(read("data: [DONE]")).isEmpty();
    assertThat(data.end()).contains("[DONE]");
    assertThat(data.end()).isEmpty();
  }

  private List<String> read(String... lines) {
    return Stream.of(lines).map(data::add).flatMap(Optional::stream).toList();
  }
}

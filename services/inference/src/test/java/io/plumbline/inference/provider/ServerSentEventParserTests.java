package io.plumbline.inference.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples are those of the HTML standard, section 9.2.6. */
class ServerSentEventParserTests {

  private final ServerSentEventParser data = new ServerSentEventParser();

  @Test
  void lines_up_to_an_empty_one_are_one_event() throws IOException {
    assertThat(read("data: YHOO", "data: +2", "data: 10", "")).containsExactly("YHOO\n+2\n10");
  }

  @Test
  void only_one_space_before_the_value_is_left_out() throws IOException {
    assertThat(read("data:test", "", "data: test", "", "data:  third", ""))
        .containsExactly("test", "test", " third");
  }

  @Test
  void other_fields_and_empty_lines_are_no_events() throws IOException {
    assertThat(read("event: add", "id: 1", "", "", "retry: 3", "")).isEmpty();
  }

  @Test
  void data_that_no_empty_line_ends_is_read_at_the_end() throws IOException {
    assertThat(read("data: [DONE]")).isEmpty();
    assertThat(data.end()).contains("[DONE]");
    assertThat(data.end()).isEmpty();
  }

  @Test
  void an_event_without_end_does_not_fill_the_memory() {
    String half = "data: " + "x".repeat(ServerSentEventParser.MAX_EVENT / 2);

    assertThatIOException()
        .isThrownBy(() -> read(half, half, half))
        .withMessage("An event is longer than 1048576 characters");
  }

  private List<String> read(String... lines) throws IOException {
    List<String> events = new ArrayList<>();
    for (String line : lines) {
      data.addLine(line).ifPresent(events::add);
    }
    return events;
  }
}

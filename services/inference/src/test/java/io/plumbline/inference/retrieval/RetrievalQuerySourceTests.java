package io.plumbline.inference.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RetrievalQuerySourceTests {

  @Test
  void the_last_message_is_whole_and_earlier_ones_are_as_far_as_there_is_room() {
    List<String> messages = List.of("oldest", "older one", "the newest of all");

    assertThat(joined(messages, 100)).isEqualTo("oldest\nolder one\nthe newest of all");
    assertThat(joined(messages, 28)).isEqualTo("older one\nthe newest of all");
    assertThat(joined(messages, 5)).isEqualTo("the newest of all");
    assertThat(joined(List.of(), 5)).isEmpty();
  }

  private static String joined(List<String> messages, int most) {
    return RetrievalQuerySource.joinMessages(messages, String::length, most);
  }
}

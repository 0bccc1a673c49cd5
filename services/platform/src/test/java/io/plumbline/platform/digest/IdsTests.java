package io.plumbline.platform.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The format of RFC 9562, section 5.7, and the order of section 6.2. */
class IdsTests {

  @Test
  void an_id_is_a_uuid_of_version_7_that_begins_with_the_time() {
    long before = System.currentTimeMillis();
    UUID id = Ids.next();
    long after = System.currentTimeMillis();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
    // The clock of the ids is ahead of the real one when many were generated just before.
    assertThat(id.getMostSignificantBits() >>> 16).isBetween(before, after + 100);
  }

  @Test
  void the_ids_of_a_process_are_in_the_order_of_their_generation() {
    List<String> ids = Stream.generate(Ids::next).limit(10_000).map(UUID::toString).toList();

    assertThat(ids).isSorted().doesNotHaveDuplicates();
  }
}

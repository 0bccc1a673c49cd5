package io.plumbline.inference.provider.protocol;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Makes the events of one stream pieces in OpenAI's shape, in the order in which they arrive. */
public interface StreamTranslation {

  /** What a stream says. */
  sealed interface Piece {}

  /** A chunk of the answer, or an error. */
  record Chunk(ObjectNode body) implements Piece {}

  /** The answer is complete. */
  record Done() implements Piece {}

  /** Not what the protocol says. */
  record Malformed() implements Piece {}

  /**
   * @param data of one event
   * @return what it says; empty when that is nothing
   */
  List<Piece> read(String data);

  /**
   * @return what the end of the stream itself says, in protocols without an event for it
   */
  default List<Piece> end() {
    return List.of();
  }
}

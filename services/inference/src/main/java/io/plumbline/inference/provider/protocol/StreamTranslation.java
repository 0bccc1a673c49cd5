package io.plumbline.inference.provider.protocol;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Translates the events of one stream, in the order of their arrival, into OpenAI's shape. */
public interface StreamTranslation {

  /** A piece of a stream. */
  sealed interface Piece {}

  /** A chunk of the answer, or an error. */
  record Chunk(ObjectNode body) implements Piece {}

  /** The end of a complete answer. */
  record Done() implements Piece {}

  /** An event that does not follow the protocol. */
  record Malformed() implements Piece {}

  /**
   * Translates an event.
   *
   * @param data the data of the event
   * @return the pieces; empty when the event has no content for the caller
   */
  List<Piece> read(String data);

  /**
   * Ends the stream.
   *
   * @return the pieces that follow from the end itself, in protocols without an event for it
   */
  default List<Piece> end() {
    return List.of();
  }
}

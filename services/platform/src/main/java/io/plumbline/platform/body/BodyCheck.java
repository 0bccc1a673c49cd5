package io.plumbline.platform.body;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The check of a body before any reader makes a record, a tree or a digest of it: one pass of the
 * parser, which keeps nothing but the names of the objects that it is in. It refuses bodies beyond
 * the limits, and values that are well-formed JSON but cannot be processed. These are texts that
 * are not {@linkplain StorableText storable}; numbers beyond a double, over which no digest can be
 * computed (RFC 7493, section 2.2); and names that occur twice in an object, of which readers would
 * take the last (section 2.3).
 *
 * <p>The values and names are counted here and not by Jackson's constraints. Those would also count
 * the ends of arrays and objects, and would not give the number for which memory is taken.
 */
final class BodyCheck {

  private BodyCheck() {}

  /**
   * Returns whether a body can be UTF-8, which JSON between systems must be (RFC 8259, section
   * 8.1). Parsers guess other encodings from zero bytes and byte order marks.
   */
  static boolean canBeUtf8(byte[] body) {
    if (body.length > 0 && (body[0] == (byte) 0xFE || body[0] == (byte) 0xFF)) {
      return false;
    }
    for (byte each : body) {
      if (each == 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Checks a body.
   *
   * @return the number of values and names; for a body that is not well-formed, that of the part
   *     before the flaw, since no reader gets further than that
   * @throws Problem for the first thing in the body that exceeds a limit or cannot be processed
   */
  static int checkAndCountNodes(byte[] body, JsonMapper json, BodyLimits limits) {
    int nodes = 0;
    int depth = 0;
    try (JsonParser parser =
        json.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION).createParser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructEnd()) {
          depth--;
          continue;
        }
        nodes++;
        if (nodes > limits.maxNodes()) {
          throw tooManyNodesProblem(limits);
        }
        if (token.isStructStart()) {
          depth++;
        }
        if (depth > limits.maxDepth()) {
          throw Problem.invalid(
              "", "is nested more than %d levels deep; nest it less".formatted(limits.maxDepth()));
        }
        requireProcessable(token, parser);
      }
    } catch (StreamReadException e) {
      rethrowDuplicateName(e);
    } catch (JacksonException malformed) {
      // The reader of the body reports it.
    }
    return nodes;
  }

  private static Problem tooManyNodesProblem(BodyLimits limits) {
    return new Problem(
        CommonProblem.TOO_LARGE,
        "The body has more than %d values and names, which is the limit. Send fewer."
            .formatted(limits.maxNodes()));
  }

  private static void requireProcessable(JsonToken token, JsonParser parser) {
    Optional<String> flaw =
        switch (token) {
          case PROPERTY_NAME, VALUE_STRING -> StorableText.flaw(parser.getString());
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> numberFlaw(parser.getString());
          default -> Optional.empty();
        };
    flaw.ifPresent(reason -> {
      throw Problem.invalid(pointer(parser), reason);
    });
  }

  private static Optional<String> numberFlaw(String number) {
    if (Double.isInfinite(Double.parseDouble(number))) {
      return Optional.of("is a number beyond the range of a double; send a smaller number");
    }
    return Optional.empty();
  }

  /** Leaves a body that is not well-formed to its reader, which reports it. */
  private static void rethrowDuplicateName(StreamReadException e) {
    if (e.getOriginalMessage().startsWith("Duplicate Object property")) {
      throw Problem.invalid(pointer(e.processor()), "occurs twice in its object; send it once");
    }
  }

  private static String pointer(JsonParser parser) {
    return parser.streamReadContext().pathAsPointer().toString();
  }
}

package io.plumbline.datasetregistry.row;

import io.plumbline.datasetregistry.item.GivenSubset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the members of a line. Members that its shape does not define become metadata. */
final class LineMembers {

  private static final String METADATA = "metadata";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private LineMembers() {}

  static ObjectNode toTree(Map<String, Object> members) {
    return JSON.valueToTree(members);
  }

  static void requireAbsent(ObjectNode line, String member, String reason, String remedy)
      throws LineFault {
    if (line.has(member)) {
      throw new LineFault(RowProblem.Code.WRONG_TYPE, member, reason, remedy);
    }
  }

  /**
   * Returns the metadata of a line: its metadata member and all members that were not read.
   *
   * @param read the names of the members that were read
   */
  static Map<String, Object> metadata(Map<String, Object> members, Set<String> read)
      throws LineFault {
    Map<String, Object> metadata = new LinkedHashMap<>();
    switch (members.get(METADATA)) {
      case null -> {}
      case Map<?, ?> own ->
          own.forEach((name, value) -> {
            if (value != null) {
              metadata.put(String.valueOf(name), value);
            }
          });
      default ->
          throw new LineFault(
              RowProblem.Code.WRONG_TYPE,
              METADATA,
              "is not an object",
              "Write it as {\"name\":\"value\"}");
    }
    for (Map.Entry<String, Object> member : members.entrySet()) {
      if (!read.contains(member.getKey()) && !member.getKey().equals(METADATA)) {
        putOnce(metadata, member.getKey(), member.getValue());
      }
    }
    return metadata;
  }

  static void putOnce(Map<String, Object> metadata, String name, Object value) throws LineFault {
    if (metadata.putIfAbsent(name, value) != null) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          ChatFields.shownName(name),
          "is a member of the line and of its metadata",
          "Keep one of the two");
    }
  }

  /** Checks the name of the subset that the uploader gives, if any. */
  static void requireValidSubset(Map<String, Object> members) throws LineFault {
    if (GivenSubset.isMisnamed(members.get(GivenSubset.FIELD))) {
      throw new LineFault(
          RowProblem.Code.WRONG_TYPE,
          GivenSubset.FIELD,
          "is not one of " + GivenSubset.NAMES,
          "Write one of them, or give the member or column another name where it means something"
              + " else");
    }
  }
}

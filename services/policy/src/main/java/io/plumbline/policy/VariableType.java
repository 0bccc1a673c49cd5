package io.plumbline.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;

/** The type of a variable, and the Java type of its values. */
public enum VariableType {
  /** {@link String}. */
  STRING(SimpleType.STRING),
  /** {@link Long}. */
  INT(SimpleType.INT),
  /** {@link Boolean}. */
  BOOL(SimpleType.BOOL),
  /** {@link java.util.List} of {@link String}. */
  STRINGS(ListType.create(SimpleType.STRING)),
  /** {@link java.util.Map} of {@link String} to {@link Long}. */
  COUNTS(MapType.create(SimpleType.STRING, SimpleType.INT));

  private final CelType cel;

  VariableType(CelType cel) {
    this.cel = cel;
  }

  /** The type as CEL writes it: {@code map(string, int)}. */
  public String celName() {
    return CelTypes.format(cel);
  }

  CelType cel() {
    return cel;
  }
}

package io.plumbline.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;

/** The types of variables, with the Java type of their values. */
public enum VariableType {
  /** A {@link String}. */
  STRING(SimpleType.STRING),
  /** A {@link Long}. */
  INT(SimpleType.INT),
  /** A {@link Boolean}. */
  BOOL(SimpleType.BOOL),
  /** A {@link java.util.List} of {@link String}. */
  STRINGS(ListType.create(SimpleType.STRING)),
  /** A {@link java.util.Map} of {@link String} to {@link Long}. */
  COUNTS(MapType.create(SimpleType.STRING, SimpleType.INT));

  private final CelType cel;

  VariableType(CelType cel) {
    this.cel = cel;
  }

  /** Returns the type as CEL writes it: {@code map(string, int)}. */
  public String celName() {
    return CelTypes.format(cel);
  }

  CelType cel() {
    return cel;
  }
}

package io.plumbline.compliance.approval;

import io.plumbline.contracts.ComplianceEvent.DecidingPolicy;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Converts the policies that decided an approval to the JSON array in its column, and back. */
@Converter
class DecidingPoliciesConverter
    implements AttributeConverter<@Nullable List<DecidingPolicy>, String> {

  private static final TypeReference<List<DecidingPolicy>> LIST = new TypeReference<>() {};

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable List<DecidingPolicy> policies) {
    return toJson(policies);
  }

  @Override
  public @Nullable List<DecidingPolicy> convertToEntityAttribute(@Nullable String column) {
    return fromJson(column);
  }

  static @Nullable String toJson(@Nullable List<DecidingPolicy> policies) {
    return policies == null ? null : JsonMapper.shared().writeValueAsString(policies);
  }

  static @Nullable List<DecidingPolicy> fromJson(@Nullable String column) {
    return column == null ? null : JsonMapper.shared().readValue(column, LIST);
  }
}

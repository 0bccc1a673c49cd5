package io.plumbline.platform.web;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.plumbline.contracts.Digest;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import jakarta.validation.constraints.NotBlank;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes a record's components as they are on the wire. A component is required unless it is
 * {@link Nullable}; then it may be absent or null. Decimal amounts that are written as strings,
 * texts that may not be blank, and digests are described as such.
 */
final class RecordComponents implements ModelConverter {

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    Class<?> raw = Json31.mapper().constructType(type.getType()).getRawClass();
    Schema<?> model = modelOf(resolved, context);
    if (raw.isRecord() && model != null && model.getProperties() != null) {
      describe(raw.getRecordComponents(), model);
    }
    return resolved;
  }

  private static @Nullable Schema<?> modelOf(
      @Nullable Schema<?> resolved, ModelConverterContext context) {
    if (resolved == null || resolved.get$ref() == null) {
      return resolved;
    }
    return context.getDefinedModels().get(nameIn(resolved.get$ref()));
  }

  @SuppressWarnings("rawtypes") // The library returns raw schemas.
  private static void describe(RecordComponent[] components, Schema<?> model) {
    Map<String, Schema> properties = model.getProperties();
    for (RecordComponent component : components) {
      Schema<?> property = properties.get(component.getName());
      if (property == null) {
        continue;
      }
      if (isDecimalText(component)) {
        property.setTypes(Set.of("string"));
        property.setFormat("decimal");
      }
      if (component.getType() == Digest.class) {
        property.setPattern("^[0-9a-f]{64}$");
      }
      if (component.getAccessor().isAnnotationPresent(NotBlank.class)) {
        describeText(property);
      }
      if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        properties.put(component.getName(), orNull(property));
      } else if (model.getRequired() == null
          || !model.getRequired().contains(component.getName())) {
        model.addRequiredItem(component.getName());
      }
    }
  }

  /**
   * Describes a text that may not be blank. The library omits the pattern when there is a {@code
   * Size} too.
   */
  private static void describeText(Schema<?> property) {
    Integer minLength = property.getMinLength();
    property.setMinLength(minLength == null ? 1 : Math.max(1, minLength));
    if (property.getPattern() == null) {
      property.setPattern("\\S");
    }
  }

  /**
   * Returns whether a component is an amount that travels as a string, so that no client reads it
   * as a double.
   */
  private static boolean isDecimalText(RecordComponent component) {
    JsonFormat format = component.getAccessor().getAnnotation(JsonFormat.class);
    return component.getType() == BigDecimal.class
        && format != null
        && format.shape() == JsonFormat.Shape.STRING;
  }

  private static Schema<?> orNull(Schema<?> property) {
    if (property.get$ref() != null) {
      Schema<Object> either = new JsonSchema();
      either.setAnyOf(List.of(property, Schemas.of("null")));
      return either;
    }
    if (property.getTypes() != null) {
      Set<String> types = new LinkedHashSet<>(property.getTypes());
      types.add("null");
      property.setTypes(types);
      allowNull(property);
    }
    return property;
  }

  /** Adds null to the values of an enumeration; otherwise null would not be one of its values. */
  private static <T> void allowNull(Schema<T> property) {
    List<T> values = property.getEnum();
    if (values != null && !values.contains(null)) {
      List<T> withNull = new ArrayList<>(values);
      withNull.add(null);
      property.setEnum(withNull);
    }
  }

  private static String nameIn(String ref) {
    return ref.substring(ref.lastIndexOf('/') + 1);
  }
}

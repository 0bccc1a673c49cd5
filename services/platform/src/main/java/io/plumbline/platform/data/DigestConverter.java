package io.plumbline.platform.data;

import io.plumbline.contracts.Digest;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import org.jspecify.annotations.Nullable;

/** Maps a digest to a text column. Name the converter in {@code @Convert} on the field. */
@Converter
public class DigestConverter implements AttributeConverter<@Nullable Digest, @Nullable String> {

  @Override
  public @Nullable String convertToDatabaseColumn(@Nullable Digest digest) {
    return digest == null ? null : digest.hex();
  }

  @Override
  public @Nullable Digest convertToEntityAttribute(@Nullable String column) {
    return column == null ? null : new Digest(column);
  }
}

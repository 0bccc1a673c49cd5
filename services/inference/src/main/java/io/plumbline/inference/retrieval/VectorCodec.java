package io.plumbline.inference.retrieval;

import io.plumbline.inference.retrieval.encoder.ProviderVectors;
import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's codec with vectors of more dimensions. The files are those of Lucene's own formats,
 * whose names they have, so that its own codec reads them.
 */
final class VectorCodec extends Lucene104Codec {

  @Override
  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
    return new Larger(super.getKnnVectorsFormatForField(field));
  }

  private static final class Larger extends KnnVectorsFormat {

    private final KnnVectorsFormat format;

    private Larger(KnnVectorsFormat format) {
      super(format.getName());
      this.format = format;
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return format.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return format.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
      return ProviderVectors.MAX_DIMENSIONS;
    }
  }
}

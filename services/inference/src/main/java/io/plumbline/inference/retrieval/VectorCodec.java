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
 * Lucene's codec with a higher limit for the dimensions of vectors. It writes the files of Lucene's
 * own formats under their names, so that Lucene's own codec can read them.
 */
final class VectorCodec extends Lucene104Codec {

  @Override
  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
    return new LargerVectorsFormat(super.getKnnVectorsFormatForField(field));
  }

  private static final class LargerVectorsFormat extends KnnVectorsFormat {

    private final KnnVectorsFormat format;

    private LargerVectorsFormat(KnnVectorsFormat format) {
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

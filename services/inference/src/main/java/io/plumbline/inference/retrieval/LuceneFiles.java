package io.plumbline.inference.retrieval;

import io.plumbline.localmodels.EncoderModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.FSDirectory;

/** An index as files, and as the blob that contains them. */
final class LuceneFiles {

  static final String ID = "id";
  static final String TEXT = "text";
  static final String LABEL = "label";
  static final String VECTOR = "vector";

  /** The maximum size of an unpacked index: a limit against malformed blobs. */
  private static final long MAX_UNPACKED = 4L << 30;

  private LuceneFiles() {}

  /** Adds rows with their vectors to a new index of one segment. */
  static final class Builder implements AutoCloseable {

    private final FSDirectory directory;
    private final IndexWriter writer;

    Builder(Path path) throws IOException {
      directory = FSDirectory.open(path);
      writer =
          new IndexWriter(
              directory,
              new IndexWriterConfig(new StandardAnalyzer())
                  .setUseCompoundFile(true)
                  .setRAMBufferSizeMB(32));
    }

    void add(Passage passage, float[] vector) throws IOException {
      if (vector.length != EncoderModel.DIMENSIONS) {
        throw new IllegalArgumentException(
            "A vector must have " + EncoderModel.DIMENSIONS + " dimensions, not " + vector.length);
      }
      Document document = new Document();
      document.add(new StringField(ID, passage.id(), Field.Store.YES));
      document.add(new TextField(TEXT, passage.text(), Field.Store.YES));
      document.add(new StoredField(LABEL, passage.label()));
      document.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
      writer.addDocument(document);
    }

    void finish() throws IOException {
      writer.forceMerge(1);
      writer.commit();
    }

    @Override
    public void close() throws IOException {
      writer.close();
      directory.close();
    }
  }

  /** Sorted by name and without times, so that the same files give the same bytes. */
  static void pack(Path index, OutputStream target) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(index)) {
      files =
          listed
              .filter(file -> !file.getFileName().toString().equals(IndexWriter.WRITE_LOCK_NAME))
              .sorted()
              .toList();
    }
    ZipOutputStream zip = new ZipOutputStream(target);
    zip.setLevel(1);
    for (Path file : files) {
      ZipEntry entry = new ZipEntry(file.getFileName().toString());
      entry.setTime(0);
      zip.putNextEntry(entry);
      Files.copy(file, zip);
      zip.closeEntry();
    }
    zip.finish();
  }

  static void unpack(InputStream blob, Path target) throws IOException {
    Files.createDirectories(target);
    long total = 0;
    try (ZipInputStream zip = new ZipInputStream(blob)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.getName().matches("[A-Za-z0-9_.]{1,100}") || entry.getName().startsWith(".")) {
          throw new IOException("The index contains a file with an invalid name");
        }
        try (OutputStream file = Files.newOutputStream(target.resolve(entry.getName()))) {
          byte[] buffer = new byte[64 * 1024];
          for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
            total += read;
            if (total > MAX_UNPACKED) {
              throw new IOException("The unpacked index is larger than " + MAX_UNPACKED + " bytes");
            }
            file.write(buffer, 0, read);
          }
        }
      }
    }
  }
}

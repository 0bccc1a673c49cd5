package io.plumbline.inference.retrieval;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  static final String CONTENT = "content";
  static final String DOCUMENT = "document";
  static final String TITLE = "title";
  static final String SECTION = "section";
  static final String URL = "url";
  static final String PUBLISHED_AT = "publishedAt";
  static final String START = "start";
  static final String END = "end";
  static final String VECTOR = "vector";

  /** The maximum size of an unpacked index: a limit against malformed blobs. */
  private static final long MAX_UNPACKED = 4L << 30;

  private LuceneFiles() {}

  /** The maximum number of rows or passages of an index. */
  static final int MAX_ENTRIES = 1_000_000;

  /** The maximum size of all vectors in bytes; the rest of an unpacked index is for the texts. */
  private static final long MAX_VECTORS = 3L << 30;

  /** Adds rows or passages with their vectors to a new index of one segment. */
  static final class Builder implements AutoCloseable {

    private final FSDirectory directory;
    private final IndexWriter writer;
    private final int most;
    private int entries;

    Builder(Path path) throws IOException {
      this(path, MAX_ENTRIES);
    }

    Builder(Path path, int most) throws IOException {
      this.most = most;
      directory = FSDirectory.open(path);
      writer =
          new IndexWriter(
              directory,
              new IndexWriterConfig(new StandardAnalyzer())
                  .setCodec(new VectorCodec())
                  .setUseCompoundFile(true)
                  .setRAMBufferSizeMB(32));
    }

    void add(LabelledText row, float[] vector) throws IOException {
      countAndRequireRoom(vector.length);
      Document document = newDocument(row.id(), vector);
      document.add(new TextField(TEXT, row.text(), Field.Store.YES));
      document.add(new StoredField(LABEL, row.label()));
      writer.addDocument(document);
    }

    /**
     * Adds a passage. It is found by all the text that is embedded of it, and returned as it stands
     * in its document.
     */
    void add(PassageEntry passage, float[] vector) throws IOException {
      countAndRequireRoom(vector.length);
      Document document = newDocument(passage.passageId(), vector);
      document.add(new TextField(TEXT, passage.embedded(), Field.Store.NO));
      document.add(new StoredField(CONTENT, passage.text()));
      document.add(new StringField(DOCUMENT, passage.document().documentId(), Field.Store.YES));
      document.add(new StoredField(TITLE, passage.document().title()));
      document.add(new StoredField(SECTION, passage.chunk().section()));
      document.add(new StoredField(START, passage.chunk().start()));
      document.add(new StoredField(END, passage.chunk().end()));
      String url = passage.document().url();
      if (url != null) {
        document.add(new StoredField(URL, url));
      }
      Instant publishedAt = passage.document().publishedAt();
      if (publishedAt != null) {
        document.add(new StoredField(PUBLISHED_AT, publishedAt.toString()));
      }
      writer.addDocument(document);
    }

    /**
     * Counts an entry, and rejects it when the index is full. Small passages of many long documents
     * would fill the disk before anybody sees their size.
     */
    private void countAndRequireRoom(int dimensions) {
      long room = Math.min(most, MAX_VECTORS / Float.BYTES / dimensions);
      if (++entries > room) {
        throw new IllegalArgumentException(
            "it has more than %,d rows or passages: divide its dataset into several, or raise the"
                    .formatted(room)
                + " tokens of a passage");
      }
    }

    private static Document newDocument(String id, float[] vector) {
      Document document = new Document();
      document.add(new StringField(ID, id, Field.Store.YES));
      document.add(new KnnFloatVectorField(VECTOR, vector, VectorSimilarityFunction.DOT_PRODUCT));
      return document;
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

  /** Packs files sorted by name and without times, so that the same files give the same bytes. */
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

  /** Returns whether a folder has the files of a packed index, byte for byte, and no others. */
  static boolean isUnpacked(InputStream blob, Path folder) throws IOException {
    Set<String> names = new HashSet<>();
    try (ZipInputStream zip = new ZipInputStream(blob)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        if (!names.add(entry.getName()) || !Files.isRegularFile(file) || !isEqual(zip, file)) {
          return false;
        }
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.allMatch(file -> names.contains(file.getFileName().toString()));
    }
  }

  private static boolean isEqual(InputStream content, Path file) throws IOException {
    byte[] expected = new byte[64 * 1024];
    byte[] found = new byte[expected.length];
    try (InputStream stored = Files.newInputStream(file)) {
      int length;
      do {
        length = content.readNBytes(expected, 0, expected.length);
        if (stored.readNBytes(found, 0, found.length) != length
            || !Arrays.equals(expected, 0, length, found, 0, length)) {
          return false;
        }
      } while (length > 0);
    }
    return true;
  }
}

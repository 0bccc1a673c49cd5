package io.plumbline.datasetregistry.export;

import io.plumbline.items.Item;
import java.io.IOException;

/** Writes the rows of an export. */
interface RowWriter extends AutoCloseable {

  void write(Item item) throws IOException;

  /** Writes what is still buffered. The underlying stream stays open. */
  @Override
  void close() throws IOException;
}

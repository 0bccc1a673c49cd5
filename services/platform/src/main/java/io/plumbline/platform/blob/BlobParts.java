package io.plumbline.platform.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Stores parts of content that is not complete yet, in the space of the caller's workspace, where
 * every replica of this service finds them. Parts count towards the workspace's quota, and are
 * durable before their id is given out.
 *
 * <p>Each part is a file or an object of its own that is written once. Two requests that write the
 * same part at once, one of which has been given up, therefore do not write into each other's
 * bytes. A part has an id rather than a digest, so that it can be deleted without checking who else
 * has the same bytes. Parts that are older than {@link #lifetime} are deleted by the collection of
 * garbage, even if something refers to them.
 */
public interface BlobParts {

  /** A stored part. */
  record Part(UUID id, long bytes) {}

  /** Returns how long parts are kept. Content must be assembled from its parts before that. */
  Duration lifetime();

  /**
   * Stores the content of a stream. Reads the stream to its end; the caller closes it.
   *
   * @throws StorageFullException when the workspace's quota or the disk has no room
   * @throws IOException when the stream cannot be read; nothing is kept
   */
  Part put(InputStream content) throws IOException;

  /**
   * Opens a part for reading.
   *
   * @throws NoSuchFileException when there is no such part
   */
  InputStream open(UUID id) throws IOException;

  /** Deletes a part; does nothing when it is already gone. */
  void delete(UUID id);

  /** Returns the workspaces in which this service has parts. */
  List<UUID> workspaces();
}

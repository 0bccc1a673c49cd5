package io.plumbline.platform.blob;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * Immutable bytes by their digest, in the space of the caller's workspace: knowing a digest is no
 * permission to another's space. Content is durable before its digest is given out.
 */
public class BlobStore {

  private final Path root;

  BlobStore(BlobSettings settings) {
    this.root = settings.directory().toAbsolutePath();
  }

  /** Reads the stream to its end; it is the caller who closes it. */
  public Digest put(InputStream content) {
    MessageDigest sha256 = Digest.sha256();
    try {
      Path space = Files.createDirectories(root.resolve(workspace()));
      Path incoming = space.resolve("incoming-" + Ids.next());
      try {
        Files.copy(new DigestInputStream(unclosed(content), sha256), incoming);
        Digest digest = Digest.ofRaw(sha256.digest());
        try (FileChannel file = FileChannel.open(incoming, StandardOpenOption.WRITE)) {
          file.force(true);
        }
        Path target = path(digest);
        Files.createDirectories(target.getParent());
        Files.move(
            incoming, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return digest;
      } finally {
        Files.deleteIfExists(incoming);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Digest put(byte[] content) {
    return put(new ByteArrayInputStream(content));
  }

  /**
   * @throws UnknownBlob when this workspace has no such content
   */
  public InputStream open(Digest digest) {
    try {
      return Files.newInputStream(path(digest));
    } catch (NoSuchFileException e) {
      throw new UnknownBlob(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean exists(Digest digest) {
    return Files.exists(path(digest));
  }

  public long size(Digest digest) {
    try {
      return Files.size(path(digest));
    } catch (NoSuchFileException e) {
      throw new UnknownBlob(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the content lies, for code that maps it into memory; never to be written. */
  public Path path(Digest digest) {
    return root.resolve(workspace()).resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }

  private static String workspace() {
    return Caller.current().workspace().toString();
  }

  private static InputStream unclosed(InputStream content) {
    return new FilterInputStream(content) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
      }

      @Override
      public void close() {
        // the caller's to close
      }
    };
  }
}

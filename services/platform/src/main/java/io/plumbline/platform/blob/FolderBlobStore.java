package io.plumbline.platform.blob;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.blob.VerifiedFiles.Version;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a folder that all services share. Each service writes into a folder of its own within
 * the space of a workspace and reads from all of them.
 */
class FolderBlobStore implements BlobStore {

  private static final Logger log = LoggerFactory.getLogger(FolderBlobStore.class);

  private final BlobSpaces spaces;
  private final String service;
  private final DurableFiles files;
  private final BlobQuota quota;
  private final Duration grace;
  private final VerifiedFiles verified;

  /**
   * @param service the name of the service that writes
   */
  FolderBlobStore(BlobSettings settings, String service) {
    this(settings, service, new DurableFiles(), InstantSource.system());
  }

  FolderBlobStore(BlobSettings settings, String service, DurableFiles files, InstantSource clock) {
    this.spaces = new BlobSpaces(settings, service);
    this.service = service;
    this.files = files;
    this.quota = new BlobQuota(settings.quota(), System::nanoTime);
    this.grace = settings.grace();
    this.verified = new VerifiedFiles(clock);
  }

  @Override
  public Digest put(InputStream content) {
    UUID workspace = Caller.current().workspace();
    Path own = spaces.own(workspace).resolve(service);
    try {
      files.createFolder(own);
      Path incoming = own.resolve("incoming-" + Ids.next());
      try (BlobQuota.QuotaCharge quotaCharge = openCharge()) {
        Digest digest = files.copyHashed(content, incoming, quotaCharge::add);
        Path target = fileIn(own, digest);
        files.createFolder(Objects.requireNonNull(target.getParent()));
        boolean known = Files.exists(target);
        files.moveIntoPlace(incoming, target);
        if (!known) {
          quotaCharge.commit();
        }
        return digest;
      } finally {
        Files.deleteIfExists(incoming);
      }
    } catch (IOException e) {
      throw writeFailure(own, e);
    }
  }

  @Override
  public BlobQuota.QuotaCharge openSpoolCharge() {
    UUID workspace = Caller.current().workspace();
    return quota.openSpoolCharge(workspace, () -> BlobSpaces.measure(spaces.of(workspace)));
  }

  /**
   * Returns the store of parts of content that is put once it is complete. Parts count towards the
   * same quota.
   */
  FolderBlobParts parts() {
    return new FolderBlobParts(spaces.directory(), service, files, this, grace);
  }

  /** Starts counting content that is added to the caller's workspace. */
  BlobQuota.QuotaCharge openCharge() {
    UUID workspace = Caller.current().workspace();
    return quota.openCharge(workspace, () -> BlobSpaces.measure(spaces.of(workspace)));
  }

  RuntimeException writeFailure(Path own, IOException cause) {
    return files.writeFailure(own, cause);
  }

  @Override
  public InputStream open(Digest digest) {
    try {
      Path file = path(findFiles(digest), digest);
      Version version = Version.of(file);
      return new VerifyingStream(
          Files.newInputStream(file),
          verified.isVerified(file, version),
          found -> {
            if (!found.equals(digest)) {
              throw changed(digest, file);
            }
            verified.add(file, version);
          });
    } catch (NoSuchFileException e) {
      throw new UnknownBlob(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean exists(Digest digest) {
    return !findFiles(digest).isEmpty();
  }

  @Override
  public long size(Digest digest) {
    try {
      return Files.size(path(findFiles(digest), digest));
    } catch (NoSuchFileException e) {
      throw new UnknownBlob(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Path path(Digest digest) {
    List<Path> files = findFiles(digest);
    try {
      for (Path file : files) {
        if (verified.hasDigest(file, digest)) {
          return file;
        }
      }
    } catch (NoSuchFileException e) {
      throw new UnknownBlob(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw files.isEmpty() ? new UnknownBlob(digest) : changed(digest, files.getFirst());
  }

  /**
   * Returns the file to read. Where several services have written the content, a changed file is
   * passed over, so that none of them can withhold it from the others.
   */
  private Path path(List<Path> files, Digest digest) {
    return files.size() == 1 ? files.getFirst() : path(digest);
  }

  /**
   * Returns the files of the content, at most one for each service; that of this one first. A link
   * or a pipe is none: to open a pipe would take a thread for good.
   */
  private List<Path> findFiles(Digest digest) {
    List<Path> files = new ArrayList<>();
    Path own = ownFile(digest);
    if (Files.isRegularFile(own, LinkOption.NOFOLLOW_LINKS)) {
      files.add(own);
    }
    for (Path space : spaces.of(Caller.current().workspace())) {
      for (Path each : BlobSpaces.subfolders(space)) {
        Path file = fileIn(each, digest);
        if (!file.equals(own) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          files.add(file);
        }
      }
    }
    return files;
  }

  private ChangedBlob changed(Digest digest, Path file) {
    log.error("The file {} was changed: it has another digest than its name", file);
    return new ChangedBlob(digest, file.toString());
  }

  private Path ownFile(Digest digest) {
    return fileIn(spaces.own(Caller.current().workspace()).resolve(service), digest);
  }

  private static Path fileIn(Path folder, Digest digest) {
    return folder.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }
}

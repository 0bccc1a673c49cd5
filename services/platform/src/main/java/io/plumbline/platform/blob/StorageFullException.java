package io.plumbline.platform.blob;

/**
 * Signals that there is no room for content, in the workspace's quota or on the disk. Nothing was
 * kept.
 */
public class StorageFullException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what is full and what to do, addressed to the sender of the content
   */
  StorageFullException(String message) {
    super(message);
  }
}

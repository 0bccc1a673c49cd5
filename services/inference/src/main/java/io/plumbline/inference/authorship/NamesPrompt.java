package io.plumbline.inference.authorship;

import io.plumbline.contracts.Digest;

/** The body of a request whose answer depends on the authors of a prompt version. */
public interface NamesPrompt {
  Digest promptDigest();
}

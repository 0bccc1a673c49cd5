package io.plumbline.localmodels;

/**
 * A text as the encoder reads it.
 *
 * @param ids vocabulary ids between {@code [CLS]} and {@code [SEP]}, both included
 * @param truncated whether the text had more tokens than fit
 */
// It is an array on purpose: it goes straight into the network, and equality is never needed.
@SuppressWarnings("ArrayRecordComponent")
record TokenizedText(int[] ids, boolean truncated) {

  int count() {
    return ids.length;
  }
}

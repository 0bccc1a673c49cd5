package io.plumbline.datasetregistry.document;

import io.plumbline.datasetregistry.row.RowProblem;
import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The process that reads files. Files come from strangers, and a file of a few bytes can take all
 * memory or hours to read. The process receives a line for each file, with its type and its path
 * separated by a tab, and writes a reply; it ends when its parent ends.
 */
public final class ReaderMain {

  private ReaderMain() {}

  public static void main(String[] args) throws IOException {
    // Libraries may print to standard output, which must carry nothing but replies.
    System.setOut(System.err);
    try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        DataOutputStream replies = new DataOutputStream(new FileOutputStream(FileDescriptor.out))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int tab = line.indexOf('\t');
        replyTo(FileType.valueOf(line.substring(0, tab)), Path.of(line.substring(tab + 1)))
            .writeTo(replies);
        replies.flush();
      }
    }
  }

  static ReaderReply replyTo(FileType type, Path file) {
    try {
      return ReaderReply.of(extract(type, file));
    } catch (UnreadableFile unreadable) {
      return ReaderReply.of(unreadable);
    } catch (IOException | RuntimeException | StackOverflowError broken) {
      return ReaderReply.of(
          new UnreadableFile(
              RowProblem.Code.SYNTAX,
              "is broken, or is not of the type " + type,
              "Open it with the program that wrote it and save it again"));
    }
  }

  static ExtractedText extract(FileType type, Path file) throws IOException, UnreadableFile {
    return switch (type) {
      case TEXT -> TextFile.read(file);
      case MARKDOWN -> MarkdownFile.read(file);
      case HTML -> HtmlFile.read(file);
      case PDF -> PdfFile.read(file);
    };
  }
}

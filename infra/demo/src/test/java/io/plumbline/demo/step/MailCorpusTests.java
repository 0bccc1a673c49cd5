package io.plumbline.demo.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.step.MailCorpus.Mail;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailCorpusTests {

  @Test
  void a_mail_becomes_its_subject_and_plain_body() {
    assertThat(
            MailCorpus.text(
                "From: a@example.com\r\nSubject: Re: Fwd: Lunch?\r\n\r\n<p>See\tyou</p>\r\nat ten"))
        .isEqualTo("Lunch?\nSee you at ten");
  }

  @Test
  void a_long_mail_is_cut_between_characters() {
    String text = MailCorpus.text("Subject: long\n\n" + "😀".repeat(3_000));
    assertThat(text.codePointCount(0, text.length())).isEqualTo(2_000);
    assertThat(text).endsWith("😀");
  }

  @Test
  void the_upload_is_a_json_object_per_line() {
    byte[] lines =
        MailCorpus.jsonLines(List.of(new Mail("say \"hi\"", "personal"), new Mail("b", "spam")));
    assertThat(new String(lines, StandardCharsets.UTF_8).lines())
        .containsExactlyInAnyOrder(
            "{\"text\":\"say \\\"hi\\\"\",\"label\":\"personal\"}",
            "{\"text\":\"b\",\"label\":\"spam\"}");
  }
}

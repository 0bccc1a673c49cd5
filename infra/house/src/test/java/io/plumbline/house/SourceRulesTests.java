package io.plumbline.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRulesTests {

  private static SourceFile java(String folder, String text) {
    return new SourceFile("services/a/src/main/java/io/plumbline/" + folder + "/A.java", text);
  }

  private static String javadoc(String sentence) {
    return "/** " + sentence + " */";
  }

  @Test
  void a_comment_is_not_code_and_a_string_with_slashes_is() {
    SourceFile file =
        java(
            "a",
            """
            /** told */
            String url = "http://a"; // told
            String text = \"""
                // kept\""";
            """);

    assertThat(file.withoutComments())
        .isEqualTo(
            """

            String url = "http://a";\s
            String text = \"""
                // kept\""";
            """);
  }

  @Test
  void a_retired_word_is_found_inside_a_name_and_in_a_message_but_not_inside_another_word() {
    assertThat(RetiredWords.retiredWordsIn("void toldFacts() { throw new X(\"is no UTF-8\"); }"))
        .containsExactly("told", "Facts", "is no UTF-8");
    assertThat(RetiredWords.retiredWordsIn("int artifact = factory.outdoors(bellows);")).isEmpty();
    assertThat(RetiredWords.retiredWordsIn("line.path(\"expected_facts\")")).isEmpty();
    assertThat(RetiredWords.retiredWordsIn("new HelpDeskPrompts(\"help-desk\")")).isEmpty();
    assertThat(RetiredWords.retiredWordsIn("class AuditDesk {}")).containsExactly("Desk");
  }

  @Test
  void retired_words_are_found_in_comments_too_but_not_in_those_of_migrations() {
    assertThat(
            new RetiredWords()
                .check(
                    List.of(
                        new SourceFile("pom.xml", "<!-- told\n -->\n<name>told</name>"),
                        new SourceFile("a.css", ".told {}"),
                        new SourceFile("plumbline", "# told"),
                        new SourceFile("a.sql", "-- told\nSELECT told")))
                .violations())
        .extracting(violation -> violation.substring(0, violation.indexOf(';')))
        .containsExactly(
            "pom.xml:1: \"told\"",
            "pom.xml:3: \"told\"",
            "a.css:1: \"told\"",
            "plumbline:1: \"told\"",
            "a.sql:2: \"told\"");
  }

  @Test
  void a_row_that_is_read_by_position_and_an_insert_without_columns_are_found() {
    SourceFile positions =
        java(
            "a",
            """
            row.getObject(1, UUID.class); row.getLong(2);
            sql.sql("INSERT INTO note" + " VALUES (?)");
            sql.sql(\"""
                INSERT INTO note AS known
                SELECT 1\""");
            """);
    SourceFile names =
        java(
            "b",
            """
            row.getLong("version"); list.get(1); // row.getLong(2)
            sql.sql("INSERT INTO note (text) VALUES (?)");
            sql.sql("INSERT INTO note" + " (text) SELECT 1");
            """);

    assertThat(new PositionalColumns().check(List.of(positions, names)).violations())
        .extracting(violation -> violation.substring(violation.indexOf(':')))
        .containsExactly(
            ": \".getObject(1,\"; name the columns",
            ": \".getLong(2)\"; name the columns",
            ": \"INSERT INTO note VALUES\"; name the columns",
            ": \"INSERT INTO note AS known SELECT\"; name the columns");
  }

  @Test
  void a_javadoc_that_begins_with_a_fragment_is_found_in_main_and_test_sources() {
    SourceFile main =
        java(
            "a",
            "class A {\n\n"
                + javadoc("Of the second workspace.")
                + "\nint of;\n\n/**\n"
                + " * Whether it\n * is open.\n */\nboolean open;\n}\n");
    SourceFile test =
        new SourceFile(
            "services/a/src/test/java/io/plumbline/a/ATests.java",
            javadoc("Who answers.") + "\nclass ATests {}\n");
    String advice = "; begin it with what the thing is or does";

    assertThat(new FragmentJavadocs().check(List.of(main, test)).violations())
        .containsExactly(
            main.path() + ":3: the Javadoc begins with \"Of\"" + advice,
            main.path() + ":6: the Javadoc begins with \"Whether\"" + advice,
            test.path() + ":1: the Javadoc begins with \"Who\"" + advice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The roles of a caller who can only read.",
        "Returns whether it is open. When it is not, callers wait.",
        "Offers a place, as it stands.",
        "In-memory index of the passages.",
        "@param size of the second workspace",
        "{@inheritDoc} Of the second workspace.",
        ""
      })
  void a_javadoc_that_begins_with_a_noun_a_verb_or_a_tag_is_left(String sentence) {
    assertThat(new FragmentJavadocs().check(List.of(java("a", javadoc(sentence)))).violations())
        .isEmpty();
  }

  @Test
  void a_fragment_outside_the_javadoc_of_java_is_left() {
    String of = javadoc("Of the second workspace.");
    String block = "\"\"\"";
    SourceFile source =
        java(
            "a",
            "// Of a line.\n"
                + "/* Of a block. */\n"
                + ("String string = \"" + of + "\";\n")
                + ("String escaped = " + block + "\n\\" + block + of + block + ";\n"));

    assertThat(
            new FragmentJavadocs()
                .check(List.of(source, new SourceFile("gateway/portal/src/a.ts", of)))
                .violations())
        .isEmpty();
  }

  @Test
  void packages_that_import_each_other_are_a_cycle_and_a_chain_is_none() {
    assertThat(
            PackageCycles.packagesInCycles(
                Map.of(
                    "a",
                    Set.of("b", "e"),
                    "b",
                    Set.of("c"),
                    "c",
                    Set.of("a"),
                    "d",
                    Set.of("a"),
                    "e",
                    Set.of())))
        .containsExactly("a", "b", "c");
    assertThat(
            PackageCycles.packagesInCycles(
                Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of())))
        .isEmpty();
    Rule.Result result =
        new PackageCycles()
            .check(
                List.of(
                    java("x", "package io.plumbline.x;\nimport io.plumbline.y.Y;"),
                    java("y", "package io.plumbline.y;\nimport static io.plumbline.x.X.of;")));
    assertThat(result.violations())
        .containsExactly("io.plumbline.x and io.plumbline.y need each other; move what both need");
  }

  @Test
  void a_web_package_with_one_class_is_found_whatever_its_package_info() {
    List<SourceFile> files =
        List.of(
            java("prompt/web", "class A {}"),
            new SourceFile(
                "services/a/src/main/java/io/plumbline/prompt/web/package-info.java", ""));

    assertThat(new LonelyWebPackages().check(files).violations()).hasSize(1);
  }

  @Test
  void a_suppression_needs_a_comment_above_it_or_behind_it() {
    SourceFile bare = java("a", "@SuppressWarnings(\"unchecked\")\nint x;");
    SourceFile explained =
        java("a", "// The type is erased.\n@SuppressWarnings(\"unchecked\")\nint x;");

    assertThat(new Suppressions().check(List.of(bare, explained)).violations())
        .containsExactly(
            bare.path() + ":1: say in a comment above it why the warning does not apply");
  }

  @Test
  void a_line_may_have_a_hundred_and_twenty_columns() {
    assertThat(new LongLines().check(List.of(java("a", "x".repeat(120)))).violations()).isEmpty();
    assertThat(new LongLines().check(List.of(java("a", "x".repeat(121)))).violations()).hasSize(1);
  }

  @Test
  void tests_and_assertions_are_counted_as_they_are_written() {
    SourceFile tests =
        new SourceFile(
            "services/a/src/test/java/io/plumbline/a/ATests.java",
            """
            // @Test
            @Test
            void holds() {
              assertThat(1).isEqualTo(1);
              assertThatThrownBy(() -> a()).hasMessage("b");
            }
            """);
    SourceFile portal =
        new SourceFile(
            "gateway/portal/src/a.test.ts",
            """
            test('holds', () => {
              expect(1).toBe(1);
            });
            """);

    assertThat(new TestCount().check(List.of(tests, portal, java("a", "@Test assertThat("))))
        .isEqualTo(new Rule.Result("2 (3 assertions)", List.of()));
  }

  @Test
  void a_test_that_starts_an_application_is_tagged() {
    SourceFile tagged = java("a", "@Tag(\"servers\")\n@SpringBootTest\nclass A {}");
    SourceFile untagged = java("b", "@SpringBootTest(properties = \"a\")\nclass A {}");

    assertThat(new UntaggedServerTests().check(List.of(tagged, untagged)).violations())
        .containsExactly(
            untagged.path() + ": tag it @Tag(\"servers\"), for ./plumbline test --unit");
  }

  @Test
  void a_pattern_that_a_field_must_match_has_a_message() {
    SourceFile silent =
        java("a", "record A(\n    @Pattern(regexp = \"[(]message = \\\\)\") String name) {}");
    SourceFile worded =
        java("b", "record B(@Pattern(regexp = \"[(]a)\", message = \"is an a\") String name) {}");

    assertThat(new PatternsWithoutMessage().check(List.of(silent, worded)).violations())
        .containsExactly(silent.path() + ":2: give the @Pattern a message in plain words");
  }
}

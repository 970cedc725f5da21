using System.CommandLine;
using System.CommandLine.Parsing;
using OrleansAtlas.Client;

namespace OrleansAtlas.Tests;

/// <summary>Every command in README.md, CONTRIBUTING.md and docs is one that the program takes.</summary>
public sealed class DocumentationTests
{
    public static TheoryData<string> Documents =>
        [
            "README.md",
            "CONTRIBUTING.md",
            .. Directory
                .EnumerateFiles(Path.Combine(TestFiles.Repository, "docs"), "*.md", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(TestFiles.Repository, path))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Commands_of_a_document_are_parsed(string document) =>
        Assert.Empty(
            DocumentedCommand
                .Of(document, File.ReadAllText(Path.Combine(TestFiles.Repository, document)))
                .SelectMany(command => command.Forms.SelectMany(form => Errors(form, command.IsWhole).Select(error => Say(command, error))))
        );

    [Theory]
    [InlineData("README.md", 14)]
    [InlineData("docs/cluster.md", 10)]
    [InlineData("docs/pictures.md", 8)]
    public void Commands_of_a_document_are_found(string document, int least) =>
        Assert.True(DocumentedCommand.Of(document, File.ReadAllText(Path.Combine(TestFiles.Repository, document))).Count() >= least);

    [Fact]
    public void Commands_stand_in_blocks_and_in_running_text() =>
        Assert.Equal(
            [
                new DocumentedCommand("a.md:1", "atlas copies", false),
                new DocumentedCommand("a.md:3", "./atlas status -c films", true),
                new DocumentedCommand("a.md:6", "atlas maps", false),
            ],
            DocumentedCommand.Of(
                "a.md",
                "Ask `atlas copies` or `other`.\n```\n  ./atlas status -c films   # what failed\ncd x\n```\n| `atlas maps` |"
            )
        );

    [Fact]
    public void Placeholders_are_values_and_brackets_are_tried_with_and_without() =>
        Assert.Equal(
            [
                ["similar", "FILM@FROM-TO", "-k", "9", "PATH"],
                ["similar", "FILM", "PATH"],
            ],
            new DocumentedCommand("", "atlas similar FILM[@FROM-TO] [-k 9] PATH...", true).Forms
        );

    [Fact]
    public void Every_picture_is_drawn_by_the_gallery_from_a_command_that_is_parsed_and_is_shown()
    {
        var script = File.ReadAllLines(Path.Combine(TestFiles.Repository, "eng", "gallery.sh"));
        var draws = script.Where(line => line.StartsWith("draw ", StringComparison.Ordinal)).ToList();
        Assert.True(draws.Count > 8);
        Assert.Empty(
            draws.SelectMany(line =>
                Errors([.. CommandLineParser.SplitCommandLine(line).Skip(2), "-c", "demo", "--store", "STORE", "-o", "FILE"], true)
            )
        );

        var pages = string.Concat(
            ((string[])["README.md", "docs/pictures.md"]).Select(page => File.ReadAllText(Path.Combine(TestFiles.Repository, page)))
        );
        var pictures = new DirectoryInfo(Path.Combine(TestFiles.Repository, "docs", "pictures")).GetFiles("*.jpg");
        Assert.All(pictures, picture => Assert.Contains($"pictures/{picture.Name}", pages));
        Assert.All(
            pictures.Select(picture => Path.GetFileNameWithoutExtension(picture.Name)),
            name =>
                Assert.True(
                    script.Any(line =>
                        line.StartsWith($"draw {name} ", StringComparison.Ordinal) || line.EndsWith($" {name}", StringComparison.Ordinal)
                    ),
                    name
                )
        );
        Assert.InRange(pictures.Sum(picture => picture.Length), 500_000, 3_000_000);
    }

    [Theory]
    [InlineData("fly", false)]
    [InlineData("index ~/Films -c films --fast", true)]
    [InlineData("index ~/Films", true)]
    [InlineData("mosaic -c films -o map.png --width wide", true)]
    [InlineData("maps films", false)]
    [InlineData("place --rotate", false)]
    public void What_the_program_does_not_take_is_an_error(string arguments, bool whole) =>
        Assert.NotEmpty(Errors(arguments.Split(' '), whole));

    [Theory]
    [InlineData("index")]
    [InlineData("mosaic -o FILE")]
    public void In_running_text_what_a_verb_needs_may_be_left_out(string arguments) => Assert.Empty(Errors(arguments.Split(' '), false));

    private static IEnumerable<string> Errors(string[] arguments, bool whole)
    {
        var result = CommandLine.Root().Parse(arguments);
        if (!whole)
        {
            result = CommandLine.Root().Parse([.. arguments, .. LeftOut(result)]);
        }

        // What a verb that takes any number of files does not know as an option, it takes for a file.
        return result
            .Errors.Select(error => error.Message)
            .Concat(
                result
                    .CommandResult.Children.OfType<ArgumentResult>()
                    .SelectMany(argument => argument.Tokens)
                    .Where(token => token.Value.StartsWith('-'))
                    .Select(token => $"{token.Value} is no option")
            );
    }

    // Any value will do: what is told here is only whether the words that are given are known.
    private static IEnumerable<string> LeftOut(ParseResult result)
    {
        var command = result.CommandResult.Command;
        foreach (
            var option in command.Options.Where(option => option.Required && result.GetResult(option) is not { IdentifierToken: not null })
        )
        {
            yield return option.Name;
            yield return "1";
        }

        foreach (var argument in command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0))
        {
            if (result.GetResult(argument) is not { Tokens.Count: > 0 })
            {
                yield return "1";
            }
        }
    }

    private static string Say(DocumentedCommand command, string error) => $"{command.Place}: {command.Text}: {error}";
}

using System.CommandLine;
using OrleansAtlas.Client.Output;
using OrleansAtlas.Features;
using OrleansAtlas.Onnx.Models;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas model list</c> and <c>atlas model add</c>.</summary>
internal static class ModelVerb
{
    private static readonly Argument<string> Name = new("NAME") { Description = "xception; resnet18 comes with the program." };
    private static readonly Option<string?> From = new("--from")
    {
        Description = "Make it from this file of Keras's weights instead of fetching it.",
        HelpName = "FILE.h5",
    };

    public static Command Create()
    {
        var list = new Command("list", "Known models, where they come from, their licences and where they are kept.");
        list.SetAction(List);
        var add = new Command("add", "Fetch or make a model.") { Name, From };
        add.SetAction(AddAsync);
        return new Command("model", "The networks that describe frames.") { list, add };
    }

    private static int List(ParseResult result)
    {
        var library = new ModelLibrary();
        var models = library.List();
        new Invocation(result).Answer.Write(
            new { folder = library.Folder, models },
            writer =>
            {
                writer.WriteLine($"Kept in {library.Folder}");
                Answer.Table(
                    writer,
                    ["name", "input", "numbers", "here", "licence"],
                    models.Select(model => Row(model.Card, model.Path is not null))
                );
                foreach (var model in models.Where(model => model.WayOut is not null))
                {
                    writer.WriteLine($"{model.Card.Name}: {model.WayOut}");
                }
            }
        );
        return ExitCode.Done;
    }

    private static IReadOnlyList<string> Row(ModelCard card, bool here) =>
        [card.Name, $"{card.InputSize}x{card.InputSize}", $"{card.Dimensions}", here ? "yes" : "no", card.Licence];

    private static async Task<int> AddAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var library = new ModelLibrary();
        var (name, from) = (result.GetRequiredValue(Name), result.GetValue(From));
        var model = (name, from) switch
        {
            (KnownModels.Xception, { } file) => await library.AddXceptionFromFileAsync(file, cancellationToken),
            _ => await library.AddAsync(name, null, cancellationToken),
        };
        new Invocation(result).Answer.Write(
            new
            {
                name = model.Card.Name,
                path = model.Path,
                sha256 = model.Sha256,
                licence = model.Card.Licence,
            },
            writer => writer.WriteLine($"{model.Card.Name} is in {model.Path} (SHA-256 {model.Sha256}). Licence: {model.Card.Licence}")
        );
        return ExitCode.Done;
    }
}

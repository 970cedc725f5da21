using System.CommandLine;
using OrleansAtlas.Store;

namespace OrleansAtlas.Client.Verbs;

/// <summary><c>atlas remove</c>: drops films from a collection.</summary>
internal static class RemoveVerb
{
    private static readonly Argument<string[]> Films = new("FILM")
    {
        Description = "Names, paths or ids of films, as atlas status lists them; also of inputs that failed.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create()
    {
        var command = new Command(
            "remove",
            "Drop films and what was computed from them; the film files stay. Then: atlas place or atlas train."
        )
        {
            Films,
            CommonOptions.Collection,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var call = new Invocation(result);
        var collection = await call.OpenCollectionAsync(true, cancellationToken);
        var wanted = result.GetRequiredValue(Films);
        var found = new List<VideoRecord>();
        await foreach (var record in collection.VideosAsync(cancellationToken))
        {
            if (wanted.Any(name => IsOf(record, name)))
            {
                found.Add(record);
            }
        }

        var failed = (await collection.FailedInputsAsync(cancellationToken)).Where(input => wanted.Any(name => IsOf(input, name))).ToList();
        if (
            wanted.FirstOrDefault(name => !found.Any(record => IsOf(record, name)) && !failed.Any(input => IsOf(input, name))) is
            { } unknown
        )
        {
            throw new UsageException(
                $"There is no film '{unknown}' in collection '{collection.Settings.Name}'; names and ids are listed by: atlas "
                    + $"status -c {collection.Settings.Name}"
            );
        }

        foreach (var name in wanted)
        {
            var films = found.Where(record => IsOf(record, name)).ToList();
            if (films.Count > 1)
            {
                var ids = films.Select(film => $"{film.Id} ({film.Sources.First(source => IsOf(source, name)).Path})");
                throw new UsageException(
                    $"'{name}' is what {films.Count} films are called; give the id or the path of each: {string.Join(", ", ids)}."
                );
            }
        }

        foreach (var record in found)
        {
            await collection.RemoveVideoAsync(record.Id, cancellationToken);
        }

        await collection.UpdateFailedInputsAsync(failed.Contains, [], cancellationToken);
        call.Answer.Write(
            new
            {
                collection = collection.Settings.Name,
                removed = found.Select(record => new { record.Id, record.Name }),
                forgotten = failed.Select(input => input.Name),
            },
            writer =>
            {
                if (failed.Count > 0)
                {
                    var inputs = failed.Count == 1 ? "input that failed is" : "inputs that failed are";
                    writer.WriteLine($"{failed.Count} {inputs} forgotten.");
                }

                writer.WriteLine(
                    $"{found.Count} films removed. Maps made before still count their frames; a map without them: atlas place -c "
                        + $"{collection.Settings.Name}"
                );
            }
        );
        return ExitCode.Done;
    }

    private static bool IsOf(VideoRecord film, string name) => film.Id == name || film.Sources.Any(source => IsOf(source, name));

    private static bool IsOf(VideoSource source, string name) => source.Name == name || source.Path == name;

    // What failed before it was known what it is may be called by its path or address, too.
    private static bool IsOf(FailedInput input, string name) => input.Name == name || input.Path == name;
}

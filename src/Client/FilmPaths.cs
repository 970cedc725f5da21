using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using OrleansAtlas.Media;

namespace OrleansAtlas.Client;

/// <summary>What a person names as films: paths, addresses, and a file that lists more of them.</summary>
internal static class FilmPaths
{
    /// <summary>The file with more.</summary>
    public static Option<string?> List { get; } =
        new("--list")
        {
            Description = "A file with more paths or addresses, one a line; blank lines and lines that begin with # are skipped.",
            HelpName = "FILE",
        };

    /// <summary>All of them; each path exists, and each folder and film keeps its order.</summary>
    /// <exception cref="UsageException">There is none, or one is not there.</exception>
    public static IReadOnlyList<string> Read(IReadOnlyList<string> named, string? list)
    {
        if (list is not null && !File.Exists(list))
        {
            throw new UsageException($"--list '{list}' is not there; give a file with paths or addresses, one a line.");
        }

        string[] paths = [.. named, .. list is null ? [] : Lines(list)];
        if (paths.Length == 0)
        {
            throw new UsageException("No film is named; give films, photos, folders of them or addresses.");
        }

        return paths.FirstOrDefault(path => !FilmAddress.IsAddress(path) && !Path.Exists(path)) is { } missing
            ? throw new UsageException($"'{missing}' is not there; give films, photos, folders of them or addresses.")
            : paths;
    }

    // A file whose own name begins with # is given as ./#NAME.
    private static IEnumerable<string> Lines(string list) =>
        File.ReadLines(list).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');

    /// <summary>A path, or an address without what may let somebody in.</summary>
    [return: NotNullIfNotNull(nameof(path))]
    public static string? Shown(string? path) => path is not null && FilmAddress.IsAddress(path) ? FilmAddress.Plain(path) : path;
}

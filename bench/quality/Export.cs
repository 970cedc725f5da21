using System.Text.Json;
using OrleansAtlas.Numerics;

namespace OrleansAtlas.Bench;

/// <summary>A folder that <c>atlas export --format npy</c> wrote: reduced vectors, and a class for each frame (photos: the folder; films:
/// the film).</summary>
internal sealed record Export(
    string Folder,
    string Name,
    float[] Rows,
    int Width,
    int[] FilmOf,
    string[] Classes,
    string[] Paths,
    double[] Times
)
{
    /// <summary>What comes or goes together: a class of photos, or a film.</summary>
    public IReadOnlyList<string> Groups => Classes;

    public int Frames => FilmOf.Length;

    public int Films => FilmOf[^1] + 1;

    public static Export Read(string folder)
    {
        var (rows, shape) = Npy.Parse<float>(File.ReadAllBytes(Path.Combine(folder, "reduced.npy"))) is var array
            ? (array.Values, array.Shape)
            : default;
        var frames = File.ReadLines(Path.Combine(folder, "frames.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var (films, number) = (new int[frames.Length], -1);
        for (var i = 0; i < frames.Length; i++)
        {
            films[i] = i > 0 && Text(frames[i], "video") == Text(frames[i - 1], "video") ? number : ++number;
        }

        var photos = number + 1 == frames.Length;
        return new Export(
            folder,
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            rows,
            shape[1],
            films,
            [.. frames.Select(frame => photos ? Path.GetDirectoryName(Text(frame, "path"))! : Text(frame, "video"))],
            [.. frames.Select(frame => Text(frame, "path"))],
            [.. frames.Select(frame => frame.GetProperty("time").GetDouble())]
        );
    }

    /// <summary>Some of the frames.</summary>
    public Export Only(int[] frames) =>
        this with
        {
            Rows = [.. frames.SelectMany(i => Rows[(i * Width)..((i + 1) * Width)])],
            FilmOf = [.. frames.Select(i => FilmOf[i])],
            Classes = [.. frames.Select(i => Classes[i])],
            Paths = [.. frames.Select(i => Paths[i])],
            Times = [.. frames.Select(i => Times[i])],
        };

    /// <summary>What the network said of each frame, <c>[Frames, dimensions]</c>.</summary>
    public Half[] Descriptors() => Npy.Parse<Half>(File.ReadAllBytes(Path.Combine(Folder, "descriptors.npy"))).Values;

    private static string Text(JsonElement frame, string name) => frame.GetProperty(name).GetString()!;
}

using OrleansAtlas.Imaging;
using OrleansAtlas.Maps;
using OrleansAtlas.Onnx;
using OrleansAtlas.Rendering.Mosaics;
using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Client;

/// <summary>A clip that was asked for, of the library or from outside, and where the pictures of its frames are.</summary>
/// <param name="Clip">Its frames.</param>
/// <param name="Pictures">Pictures of a clip from outside; null for one of the library.</param>
internal sealed record ClipQuery(Clip Clip, IReadOnlyList<byte[]>? Pictures)
{
    /// <summary>Finds the clip in the library, or describes the file with the collection's model.</summary>
    /// <exception cref="UsageException">It is neither in the library nor a file.</exception>
    public static async Task<ClipQuery> ReadAsync(string text, ClipLibrary library, CancellationToken cancellationToken)
    {
        // A file may have an @ in its name.
        var name = File.Exists(text) ? new ClipName(text, null, null) : ClipName.Parse(text);
        if (name.FindIn(library.Map) is { } film)
        {
            var whole = library.Clips.First(clip => clip.Film == film);
            return new ClipQuery(Cut(whole, name), null);
        }

        if (!File.Exists(name.Film))
        {
            throw new UsageException(
                $"'{name.Film}' is neither a film of collection '{library.Map.Collection.Settings.Name}' nor a file; atlas status "
                    + $"-c {library.Map.Collection.Settings.Name} lists the films."
            );
        }

        var model = new Lazy<Onnx.Models.ModelFile>(() => ModelChoice.ForExisting(library.Map.Collection.Settings, null));
        using var workbench = await Workbench.OpenAsync(
            library.Map.Collection.Artifacts,
            () => OnnxFeatureExtractor.Open(model.Value),
            cancellationToken
        );
        var outside = await new ClipDescriber(workbench.Tools, library.Map).DescribeAsync(name.Film, cancellationToken);
        var cut = Cut(outside.Clip, name);
        return new ClipQuery(cut with { First = 0 }, [.. outside.Jpegs.Skip(cut.First).Take(cut.Count)]);
    }

    /// <summary>Reads pictures of clips: of this one from where they are, of others from the store.</summary>
    public Func<Clip, int, CancellationToken, Task<RgbImage>> Frames(AtlasMap map)
    {
        var stored = new StoredFrames(map, Workbench.Images);
        return (clip, index, token) =>
            clip.Film < 0
                ? Task.FromResult(Workbench.Images.Decode(Pictures![index]))
                : stored.ReadAsync(map[clip.First + index], 0, 0, token);
    }

    private static Clip Cut(Clip clip, ClipName name)
    {
        if (name.From is null)
        {
            return clip;
        }

        return name.From <= clip.End && name.To >= clip.Start
            ? clip.Between(name.From.Value, name.To!.Value)
            : throw new UsageException(
                $"'{clip.Name}' goes from {clip.Start:0.0} s to {clip.End:0.0} s; '{name.From}-{name.To}' is outside."
            );
    }
}

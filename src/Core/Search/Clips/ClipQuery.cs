using System.Globalization;
using OrleansAtlas.Errors;
using OrleansAtlas.Media;
using OrleansAtlas.Search.Pictures;
using OrleansAtlas.Work;

namespace OrleansAtlas.Search.Clips;

/// <summary>A clip that was asked for, of the library or from outside, and where the pictures of its frames are.</summary>
/// <param name="Clip">Its frames.</param>
/// <param name="Jpegs">Pictures of a clip from outside; null for one of the library.</param>
/// <param name="Asked">What a person wrote.</param>
public sealed record ClipQuery(Clip Clip, IReadOnlyList<byte[]>? Jpegs, ClipName Asked)
{
    /// <summary>Small grey pictures of a clip from outside, eight a second; null where there are none.</summary>
    internal Thumbnails? Pictures { get; private init; }

    /// <summary>A clip from outside, as a query.</summary>
    /// <param name="outside">The clip.</param>
    /// <param name="asked">What a person wrote.</param>
    public static ClipQuery Of(OutsideClip outside, ClipName asked)
    {
        ArgumentNullException.ThrowIfNull(outside);
        return new ClipQuery(outside.Clip, outside.Jpegs, asked) { Pictures = outside.Pictures };
    }

    /// <summary>The film and the part of it that was asked for, for a title; the frames that are there may begin later and end
    /// earlier.</summary>
    public string Title =>
        (Asked.From, Asked.To) switch
        {
            (null, _) => Clip.Name,
            ({ } from, { } to) when to > from => string.Create(CultureInfo.InvariantCulture, $"{Clip.Name}, {from:0.##} to {to:0.##} s"),
            ({ } at, _) => string.Create(CultureInfo.InvariantCulture, $"{Clip.Name} at {at:0.##} s"),
        };

    /// <summary>Finds a clip in the library, or describes a file or what is at an address with the collection's model.</summary>
    /// <param name="text">As a person names it; see <see cref="ClipName"/>.</param>
    /// <param name="library">Where it is looked for.</param>
    /// <param name="context">Asked for where a file is to be described.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="AtlasException">It is neither in the library nor a file nor an address, or cannot be read.</exception>
    public static async Task<ClipQuery> ReadAsync(
        string text,
        ClipLibrary library,
        Func<Task<WorkContext>> context,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(library);
        ArgumentNullException.ThrowIfNull(context);

        // A file may have an @ in its name.
        var name = File.Exists(text) ? new ClipName(text, null, null) : ClipName.Parse(text);
        if (name.FindIn(library.Map) is { } film)
        {
            var clip = library.Clips.First(clip => clip.Film == film);
            var info = library.Map.Films[film]?.Info;
            return new ClipQuery(Cut(clip, name, Math.Max(Shown(clip), (info?.Start ?? 0) + (info?.Duration ?? 0))), null, name);
        }

        var collection = library.Map.Collection.Settings.Name;
        if (!File.Exists(name.Film) && !FilmAddress.IsAddress(name.Film))
        {
            throw new NotFoundException(
                $"'{name.Film}' is neither a film of collection '{collection}' nor a file; atlas status -c {collection} lists the films."
            );
        }

        var outside = await new ClipDescriber(await context().ConfigureAwait(false), library.Map)
            .DescribeAsync(name.Film, cancellationToken)
            .ConfigureAwait(false);
        var cut = Cut(outside.Clip, name, Shown(outside.Clip));
        return Of(outside, name) with { Clip = cut with { First = 0 }, Jpegs = [.. outside.Jpegs.Skip(cut.First).Take(cut.Count)] };
    }

    /// <summary>How long the last sample stands for the film, in seconds from its beginning.</summary>
    private static double Shown(Clip clip) => clip.End + ((clip.End - clip.Start) / Math.Max(1, clip.Count - 1));

    private static Clip Cut(Clip clip, ClipName name, double end)
    {
        if (name.From is null)
        {
            return clip;
        }

        return name.From <= end && name.To >= clip.Start
            ? clip.Between(name.From.Value, name.To!.Value)
            : throw new NotFoundException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{clip.Name}' goes from {clip.Start:0.0} s to {clip.End:0.0} s; '{name.From}-{name.To}' is outside."
                )
            );
    }
}

using System.Globalization;
using OrleansAtlas.Work;

namespace OrleansAtlas.Client.Output;

/// <summary>Why a map has more frames than the films that are there.</summary>
internal static class KeptLine
{
    /// <summary>One line; null where none is gone.</summary>
    public static string? Of(GoneFilms kept) =>
        kept.Frames == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"It still has {kept.Frames} frames of {kept.Films} {(kept.Films == 1 ? "film that is" : "films that are")} gone; "
                    + $"--prune takes {(kept.Films == 1 ? "it" : "them")} off."
            );
}

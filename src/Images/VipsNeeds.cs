namespace OrleansAtlas.Images;

/// <summary>The operations of libvips without which this program does not start. libvips is built with or without most of them.</summary>
/// <remarks><c>heifload</c> is not among them: without it a HEIC or AVIF photo is refused by name, and everything else works.</remarks>
internal static class VipsNeeds
{
    /// <summary>Installs a libvips that has everything.</summary>
    public const string Install = "apt-get install libvips42";

    /// <summary>What is called by name here, and the colour conversion that <c>thumbnail</c> calls.</summary>
    public static readonly IReadOnlyList<string> Operations =
    [
        "jpegload",
        "pngload",
        "webpload",
        "tiffload",
        "gifload",
        "jpegload_source",
        "pngload_source",
        "webpload_source",
        "ppmload_source",
        "jpegsave",
        "jpegsave_buffer",
        "webpsave",
        "cast",
        "colourspace",
        "copy",
        "flatten",
        "icc_transform",
        "text",
        "thumbnail",
    ];

    /// <summary>One sentence that names what a libvips lacks and says how to get it; null where it lacks nothing.</summary>
    /// <param name="library">Name and version.</param>
    /// <param name="has">Whether it has an operation of this name.</param>
    public static string? Missing(string library, Func<string, bool> has)
    {
        var missing = Operations.Where(operation => !has(operation)).ToList();
        return missing.Count == 0
            ? null
            : $"The picture library {library} on this machine lacks {string.Join(", ", missing)}: "
                + $"install Debian's, which has all of it, with '{Install}'.";
    }
}

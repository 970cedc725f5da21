namespace OrleansAtlas.Azure;

/// <summary>Where blocks of blobs are kept, and how many bytes of them.</summary>
/// <param name="Folder">Any path.</param>
/// <param name="Bytes">All blocks together.</param>
internal sealed record BlockCacheOptions(string Folder, long Bytes)
{
    /// <summary>4 GB below <c>ATLAS_CACHE</c>, else the user's cache folder.</summary>
    public static BlockCacheOptions Default =>
        new(
            Path.Combine(
                Environment.GetEnvironmentVariable("ATLAS_CACHE") is { Length: > 0 } named
                    ? named
                    : Path.Combine(UserCache, "orleans-atlas"),
                "blobs"
            ),
            4L << 30
        );

    private static string UserCache =>
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named
            ? named
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify),
                ".cache"
            );
}

using OrleansAtlas.Media;
using OrleansAtlas.Store;

namespace OrleansAtlas.Indexing;

/// <summary>A file that was read.</summary>
/// <param name="Found">As it was listed.</param>
/// <param name="Source">As it is kept.</param>
/// <param name="Opened">Where it is read.</param>
internal sealed record FoundFile(SourceFile Found, VideoSource Source, string Opened)
{
    /// <summary>The id made of its content.</summary>
    public string Id { get; init; } = "";
}

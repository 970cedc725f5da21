using OrleansAtlas.Search.Clips;

namespace OrleansAtlas.Rendering.Sheets;

/// <summary>A clip on a sheet.</summary>
/// <param name="Clip">The clip.</param>
/// <param name="Note">Over its column: its score, what it stands for.</param>
public sealed record SheetClip(Clip Clip, string Note);

namespace OrleansAtlas.Store;

/// <summary>The programs that make a collection's artifacts: within one profile and processor type the same input gives the same
/// bytes.</summary>
/// <param name="Decoder">ffmpeg and its version.</param>
/// <param name="Images">The picture library and its version.</param>
/// <param name="Runtime">The inference runtime and its version.</param>
/// <param name="Provider"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Precision">Of the network's arithmetic.</param>
public sealed record Profile(string Decoder, string Images, string Runtime, string Provider, string Precision);

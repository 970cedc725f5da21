namespace OrleansAtlas.Rendering.Mosaics;

/// <summary>A film whose originals could not be had, so that its stored frames stand in.</summary>
/// <param name="Film">Its name.</param>
/// <param name="Frames">How many frames.</param>
/// <param name="Reason">One sentence.</param>
public sealed record StandIn(string Film, int Frames, string Reason);

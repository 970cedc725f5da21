namespace OrleansAtlas.Contracts;

/// <summary>A map version that was published: names and counts, what is on it stays in the store.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Version">The map's version.</param>
/// <param name="Model">The version of the model that placed its frames.</param>
/// <param name="Frames">Frames on it.</param>
/// <param name="Note">One sentence where something about it should be known.</param>
public sealed record MapAnnouncement(string Collection, string Version, string Model, long Frames, string? Note);

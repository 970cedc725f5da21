namespace OrleansAtlas.Verification;

/// <summary>Something that is wrong in a store.</summary>
/// <param name="Name">The artifact, by its name in the store.</param>
/// <param name="Problem">What is wrong with it: words that follow its name.</param>
public sealed record Damage(string Name, string Problem);

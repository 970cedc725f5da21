namespace OrleansAtlas.Runtime;

/// <summary>One of several equal shares of the films, each of which a process of its own takes.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Of">How many there are, 2 or more.</param>
public sealed record RunShare(int Number, int Of);

using OrleansAtlas.Web.Api;

namespace OrleansAtlas.Web.Progress;

/// <summary>What was seen of a collection.</summary>
/// <param name="Now">How far it is.</param>
/// <param name="Tag">Another one where anything changed.</param>
internal sealed record Seen(ProgressDocument Now, string Tag);

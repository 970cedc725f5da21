using OrleansAtlas.Errors;

namespace OrleansAtlas.Client;

/// <summary>The person asked for something that cannot be: exit code 2 and this one sentence.</summary>
internal sealed class UsageException(string message) : AtlasException(message);

using OrleansAtlas.Errors;

namespace OrleansAtlas.ClusterClient;

/// <summary>No cluster answers; the message names the address and the way out.</summary>
public sealed class ClusterException(string message, Exception? innerException = null) : AtlasException(message, innerException);

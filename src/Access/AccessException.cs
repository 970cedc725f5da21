using OrleansAtlas.Errors;

namespace OrleansAtlas.Access;

/// <summary>A server is not to be started as it was asked for: the sentence says what is missing.</summary>
public sealed class AccessException(string message, Exception? innerException = null) : AtlasException(message, innerException);

namespace OrleansAtlas.Errors;

/// <summary>What was asked for is not there: a path, a collection without frames, a map that was never made, a film that was
/// removed.</summary>
public sealed class NotFoundException : AtlasException
{
    /// <inheritdoc cref="NotFoundException"/>
    public NotFoundException(string message, Exception? innerException = null)
        : base(message, innerException) { }
}

namespace OrleansAtlas.Errors;

/// <summary>What was asked cannot be done. The message is one sentence for a person: it names the file or value, what is allowed, and the
/// way out.</summary>
public class AtlasException : Exception
{
    /// <inheritdoc cref="AtlasException"/>
    public AtlasException(string message, Exception? innerException = null)
        : base(message, innerException) { }
}

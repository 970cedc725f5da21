namespace OrleansAtlas.Errors;

/// <summary>The store itself does not work: not there, not writable, full. One sentence that names the place and the way out.</summary>
public class StoreException : AtlasException
{
    /// <inheritdoc cref="StoreException"/>
    public StoreException(string message, Exception? innerException = null)
        : base(message, innerException) { }
}

namespace OrleansAtlas.Errors;

/// <summary>A file is there and cannot be read as what it should be: cut off, overwritten, of another kind or of a newer version.</summary>
public sealed class DamagedFileException : AtlasException
{
    /// <inheritdoc cref="DamagedFileException"/>
    public DamagedFileException(string message, Exception? innerException = null)
        : base(message, innerException) { }
}

namespace OrleansAtlas.Errors;

/// <summary>A model cannot be used: it is not there, does not fit its card, or cannot be made or run.</summary>
public sealed class ModelException : AtlasException
{
    /// <inheritdoc cref="ModelException"/>
    public ModelException(string message, Exception? innerException = null)
        : base(message, innerException) { }
}

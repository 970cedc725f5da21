namespace OrleansAtlas.Features;

/// <summary>A model cannot be used: it is not there, does not fit its card, or cannot be made. The message is one sentence
/// that names the value, what is expected and the way out, and is meant for the person at the keyboard.</summary>
public sealed class ModelException : Exception
{
    /// <summary>A model that cannot be used, and why.</summary>
    public ModelException(string message)
        : base(message) { }

    /// <summary>A model that cannot be used, and why.</summary>
    public ModelException(string message, Exception inner)
        : base(message, inner) { }
}

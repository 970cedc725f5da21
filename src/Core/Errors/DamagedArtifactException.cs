namespace OrleansAtlas.Errors;

/// <summary>An artifact of the store is not what was written: a byte changed, it is cut off, or empty. It is found by
/// <c>atlas verify</c>, and made again by <c>atlas verify --repair</c> where that can be.</summary>
public sealed class DamagedArtifactException : StoreException
{
    /// <inheritdoc cref="DamagedArtifactException"/>
    /// <param name="name">Its name in the store.</param>
    /// <param name="problem">What is wrong with it, the beginning of a sentence.</param>
    /// <param name="innerException">What was seen.</param>
    public DamagedArtifactException(string name, string problem, Exception? innerException = null)
        : base($"{problem}; make it again with: atlas verify -c {name.Split('/')[0]} --repair", innerException) => Name = name;

    /// <summary>Its name in the store.</summary>
    public string Name { get; }
}

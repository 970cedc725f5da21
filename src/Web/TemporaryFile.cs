namespace OrleansAtlas.Web;

/// <summary>A path for a file that is gone when it is no longer needed.</summary>
internal sealed class TemporaryFile(string extension) : IDisposable
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"atlas-{Guid.NewGuid():N}{extension}");

    public void Dispose() => File.Delete(Path);
}

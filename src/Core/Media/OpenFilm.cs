namespace OrleansAtlas.Media;

/// <summary>A film that is open: its path leads to it until it is disposed.</summary>
public sealed class OpenFilm : IDisposable
{
    private readonly Action? _close;

    internal OpenFilm(string path, Action? close) => (Path, _close) = (path, close);

    /// <summary>A file, or an address of this machine: see <see cref="FilmFile"/>.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose() => _close?.Invoke();
}
